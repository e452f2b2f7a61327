"""How fast is it, and beside what? Each module measures one thing and prints its figures."""
