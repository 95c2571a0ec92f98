"""The one sheet language: what a sheet holds, by the ids of its rows and columns; its layout; its bytes."""
