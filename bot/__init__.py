"""How is it put together? The settings, the command line, and the application that starts and stops in order."""
