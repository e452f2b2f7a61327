"""What can a person do? One module a capability, behind one door."""
