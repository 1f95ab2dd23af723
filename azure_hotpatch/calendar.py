"""When hotpatch machines restart: planned baselines, and what each month really was."""

# "Windows Server release information", hotpatch calendar: a baseline in the first month of each quarter.
BASELINE_MONTHS = (1, 4, 7, 10)
