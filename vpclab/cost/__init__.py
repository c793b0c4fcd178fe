"""What a network costs: line items from a design, its walks and list prices."""
