"""What came out for Windows Server 2022, build 20348: one release a line.

Day (YYYY-MM where the day is not known), kind, KB and revision on the hotpatch track, KB and revision of the cumulative
update of a hotpatch's day, sources, note. The words of kinds and sources are in `recorded_releases.py`.
"""

TABLE = """
2021-11-09 hotpatch  KB5007386 344  KB5007205 350  index+list  | public preview
2021-12-14 hotpatch  KB5008286 410  KB5008223 405  index+list  | public preview
2022-01-05 restart   KB5010197 407  -         -    list        | public preview
2022-01-11 baseline  KB5009555 469  -         -    index+list  | public preview
2022-01-17 restart   KB5010796 473  -         -    list        | public preview
2022-02-08 hotpatch  KB5010456 525  KB5010354 524  index+list
2022-03-08 hotpatch  KB5011580 587  KB5011497 587  index+list
2022-04-12 baseline  KB5012604 643  -         -    index+list
2022-05-10 unplanned KB5013944 707  -         -    index+list
2022-05-19 restart   KB5015013 709  -         -    list
2022-06-14 hotpatch  KB5014677 770  KB5014678 768  index+list
2022-07-12 baseline  KB5015827 825  -         -    index+list
2022-08-09 unplanned KB5016627 887  -         -    index+list
2022-09-13 hotpatch  KB5017392 916  KB5017316 1006 index+list
2022-10-11 baseline  KB5018421 1129 -         -    index+list
2022-10-17 restart   KB5020436 1131 -         -    list
2022-11-08 hotpatch  KB5019080 1251 KB5019081 1249 index+list  | domain controllers needed KB5019081 for CVE-2022-37966
2022-11-17 restart   KB5021656 1251 -         -    list
2022-12-13 unplanned KB5021249 1366 -         -    index+list
2022-12-20 restart   KB5022553 1368 -         -    list
2023-01-10 baseline  KB5022291 1487 -         -    index+list
2023-02-14 hotpatch  KB5022921 1544 KB5022842 1547 index+list
2023-03-14 hotpatch  KB5023786 1602 KB5023705 1607 index+list
2023-04-11 baseline  KB5025230 1668 -         -    index+list
2023-05-09 hotpatch  KB5026456 1724 KB5026370 1726 index+list
2023-06-13 hotpatch  KB5027319 1784 KB5027225 1787 index+list
2023-07-11 baseline  KB5028171 1850 -         -    index+list
2023-08-08 hotpatch  KB5029367 1903 KB5029250 1906 index+list
2023-09-12 hotpatch  KB5030325 1964 KB5030216 1970 index+list
2023-10-10 baseline  KB5031364 2031 -         -    index+list
2023-11-14 hotpatch  KB5032304 2091 KB5032198 2113 index+list
2023-12-12 hotpatch  KB5033464 2144 KB5033118 2159 index+list
2024-01-09 baseline  KB5034129 2227 -         -    index+list
2024-02-13 hotpatch  KB5034860 2277 KB5034770 2322 index+list
2024-03-12 hotpatch  KB5035959 2333 KB5035857 2340 index+list
2024-03-22 restart   KB5037422 2342 -         -    list
2024-04-09 baseline  KB5036909 2402 -         -    index+list
2024-05-14 hotpatch  KB5037848 2458 KB5037782 2461 index+list
2024-06-11 hotpatch  KB5039330 2522 KB5039227 2527 index+list
2024-06-20 restart   KB5041054 2529 -         -    list
2024-07-09 baseline  KB5040437 2582 -         -    index+list
2024-08-13 unplanned KB5041160 2655 -         -    index+list
2024-09-10 hotpatch  KB5042880 2695 KB5042881 2700 index+list
2024-10-08 baseline  KB5044281 2762 -         -    index+list
2024-11-12 hotpatch  KB5046698 2819 KB5046616 2849 index+list
2024-12-10 hotpatch  KB5048800 2908 KB5048654 2966 index+list
2025-01-14 baseline  KB5049983 3091 -         -    index+list
2025-02-11 hotpatch  KB5052106 3148 KB5051979 3207 index+list
2025-03-11 hotpatch  KB5053638 3270 KB5053603 3328 index+list
2025-04-08 baseline  KB5055526 3453 -         -    index+list
2025-04-11 restart   KB5058920 3561 -         -    list
2025-04-16 restart   KB5059092 3566 -         -    list
2025-05-13 hotpatch  KB5058500 3630 KB5058385 3692 index+list
2025-05-23 restart   KB5061906 3695 -         -    list
2025-06-10 hotpatch  KB5060525 3745 KB5060526 3807 index+list
2025-07-08 baseline  KB5062572 3932 -         -    index+list
2025-08-12 hotpatch  KB5063812 3989 KB5063880 4052 index+list
2025-09    safe      KB5066359 -    -         -    index       | Windows PowerShell
2025-09-09 hotpatch  KB5065306 4106 KB5065432 4171 index+list
2025-10-14 baseline  KB5066782 4294 -         -    index+list
2025-10-23 restart   KB5070884 4297 -         -    list
2025-10-24 safe      KB5070892 4297 -         -    index
2025-11-11 hotpatch  KB5068840 4346 KB5068787 4405 index+list
2025-12-09 hotpatch  KB5071413 4467 KB5071547 4529 index+list
2025-12-09 safe      KB5074353 4467 -         -    index       | Windows PowerShell
2026-01-13 baseline  KB5073457 4648 -         -    index+list
2026-01-17 restart   KB5077800 4650 -         -    list
2026-01-24 safe      KB5078238 4655 -         -    index
2026-01-24 restart   KB5078136 4651 -         -    list
2026-02-10 hotpatch  KB5075943 4711 KB5075906 4773 index+list
2026-03-02 restart   KB5082314 4776 -         -    list
2026-03-10 hotpatch  KB5078737 4830 KB5078766 4893 index+list
2026-04-14 baseline  KB5082142 5020 -         -    index+list
2026-04-19 safe      KB5091576 5029 -         -    index
2026-04-19 restart   KB5091575 5024 -         -    list
2026-05-12 hotpatch  KB5087424 5074 KB5087545 5139 index+list
2026-06-09 unplanned KB5094128 5256 -         -    index+list
2026-07-14 baseline  KB5099540 5386 -         -    index+list
2026-08-11 hotpatch  KB5120229 5440 KB5120242 5499 quoted
2026-09-08 unplanned KB5122882 5622 -         -    article     | a baseline by inference from Windows Server 2025
2026-09-14 restart   KB5129237 5631 -         -    article     | Remote Desktop Services hung after KB5122882
"""
