"""What is stored and looked up: one file per noun; reading goes through `visible_to`."""
