"""Is every kind of file read, and every other one refused?"""
