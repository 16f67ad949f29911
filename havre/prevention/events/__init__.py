"""Events, action plans and agreements with partners (SPEC 13.4)."""
