"""Nothing is done twice: whatever changed, or was killed, a run over what is known gives the bytes of a fresh one."""
