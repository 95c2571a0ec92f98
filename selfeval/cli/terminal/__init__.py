"""What a command is to whoever typed it: how much it says, from where its paths lead, Tab and Ctrl-C."""
