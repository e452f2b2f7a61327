"""Do the settings, the command line and the logs keep their promises?"""
