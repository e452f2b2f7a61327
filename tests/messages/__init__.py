"""Are the right words found?"""
