"""What came out for Windows Server 2025, build 26100: one release a line.

Day (YYYY-MM where the day is not known), kind, KB and revision on the hotpatch track, KB and revision of the cumulative
update of a hotpatch's day, sources, note. The words of kinds and sources are in `recorded_releases.py`.
"""

TABLE = """
2024-11-12 hotpatch  KB5046696 2240  KB5046617 2314  index+list
2024-12-10 hotpatch  KB5048794 2528  KB5048667 2605  index+list
2025-01-14 baseline  KB5050009 2894  -         -     index+list
2025-02-11 hotpatch  KB5052105 3107  KB5051987 3194  index+list
2025-03-11 hotpatch  KB5053636 3403  KB5053598 3476  index+list
2025-04-08 baseline  KB5055523 3775  -         -     index+list
2025-04-16 restart   KB5059087 3781  -         -     list
2025-05    safe      KB5061096 -     -         -     index     | Windows PowerShell
2025-05-13 hotpatch  KB5058497 3981  KB5058411 4061  index+list
2025-05-27 restart   KB5061977 4066  -         -     list
2025-06-10 hotpatch  KB5060841 4270  KB5060842 4349  index+list
2025-07-08 baseline  KB5062553 4652  -         -     index+list
2025-07-13 restart   KB5064489 4656  -         -     list
2025-08-12 hotpatch  KB5064010 4851  KB5063878 4946  index+list
2025-09    safe      KB5066360 -     -         -     index     | Windows PowerShell
2025-09-09 hotpatch  KB5065474 6508  KB5065426 6584  index+list
2025-09-22 restart   KB5068221 6588  -         -     list
2025-10-14 baseline  KB5066835 6899  -         -     index+list
2025-10-20 restart   KB5070773 6901  -         -     list
2025-10-23 restart   KB5070881 6905  -         -     list      | offered to enrolled machines too; KB5070893 was safe
2025-10-24 safe      KB5070893 6905  -         -     index
2025-11-11 hotpatch  KB5068966 7092  KB5068861 7171  index+list
2025-11-18 restart   KB5072359 7178  -         -     list
2025-12-09 hotpatch  KB5072014 7392  KB5072033 7462  index+list
2025-12-09 safe      KB5074204 7392  -         -     index     | Windows PowerShell
2026-01-13 baseline  KB5073379 32230 -         -     index+list
2026-01-17 restart   KB5077793 32234 -         -     list
2026-01-24 restart   KB5078135 32236 -         -     list
2026-02-10 hotpatch  KB5075942 32313 KB5075899 32370 index+list
2026-03-10 hotpatch  KB5078736 32463 KB5078740 32522 index+list
2026-04-14 baseline  KB5082063 32690 -         -     index+list
2026-04-19 safe      KB5091470 32704 -         -     index
2026-04-19 restart   KB5091157 32698 -         -     list      | for domain controllers
2026-05-12 hotpatch  KB5087423 32772 KB5087539 32860 index+list
2026-06-09 unplanned KB5094125 32995 -         -     index+list
2026-07-14 baseline  KB5099536 33158 -         -     index+list| one archived copy still had a hotpatch planned
2026-08-11 hotpatch  KB5120228 33222 KB5120233 33296 quoted
2026-09-08 unplanned KB5122871 33438 -         -     article   | a baseline by one reader of the calendar
2026-09-14 restart   KB5129235 33451 -         -     article   | Remote Desktop Services hung after KB5122871
"""
