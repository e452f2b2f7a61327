"""When is something sent? The rule, the plan, the delivery and the clock."""
