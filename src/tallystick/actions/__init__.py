"""Every change of state: one file per verb, one public function, in one transaction."""
