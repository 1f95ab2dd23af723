"""Azure's machine sizes by series: those that are known, so that a misspelled one can be pointed out.

Series are added every year, so an unknown size is only a warning. Of the families for graphics, memory and
high-performance computing no sizes are listed: their names follow no simple table, and any size of theirs is taken
for known.
"""

from datetime import date

# Source: "Sizes for virtual machines in Azure" (learn.microsoft.com/azure/virtual-machines/sizes/overview): each
# series with the numbers of processors that it comes with. Series for Arm processors run no hotpatch image.
SIZES_READ = date(2026, 11, 29)
_TABLE = """
B{}ls: 1
B{}s: 1 2
B{}ms: 1 2 4 8 12 16 20
B{}ts_v2 B{}ats_v2: 2
B{}ls_v2 B{}als_v2: 2 4
B{}s_v2 B{}as_v2: 2 4 8 16 32
D{}s_v3: 2 4 8 16 32 48 64
D{}_v4 D{}s_v4 D{}d_v4 D{}ds_v4: 2 4 8 16 32 48 64
D{}a_v4 D{}as_v4 D{}_v5 D{}s_v5 D{}d_v5 D{}ds_v5 D{}as_v5 D{}ads_v5 D{}ls_v5 D{}lds_v5: 2 4 8 16 32 48 64 96
D{}as_v6 D{}ads_v6 D{}als_v6 D{}alds_v6: 2 4 8 16 32 48 64 96
D{}ls_v6 D{}lds_v6: 2 4 8 16 32 48 64 96 128
D{}s_v6 D{}ds_v6: 2 4 8 16 32 48 64 96 128 192
D{}as_v7 D{}ads_v7 D{}als_v7 D{}alds_v7: 2 4 8 16 32 48 64 96 128 160
DC{}s_v2: 1 2 4 8
DC{}s_v3 DC{}ds_v3: 1 2 4 8 16 24 32 48
DC{}as_v5 DC{}ads_v5 DC{}as_v6 DC{}ads_v6 DC{}es_v5 DC{}eds_v5: 2 4 8 16 32 48 64 96
DC{}es_v6 DC{}eds_v6: 2 4 8 16 32 48 64 96 128
DS{}_v2: 1 2 3 4 5 11 12 13 14 15
E{}s_v3 E{}_v4 E{}s_v4 E{}d_v4 E{}ds_v4: 2 4 8 16 20 32 48 64
E{}a_v4 E{}as_v4 E{}as_v5 E{}ads_v5 E{}as_v6 E{}ads_v6: 2 4 8 16 20 32 48 64 96
E{}_v5 E{}s_v5 E{}d_v5 E{}ds_v5: 2 4 8 16 20 32 48 64 96
E{}bs_v5 E{}bds_v5: 2 4 8 16 32 48 64 96 112
E{}s_v6 E{}ds_v6: 2 4 8 16 20 32 48 64 96 128 192
E{}as_v7 E{}ads_v7: 2 4 8 16 20 32 48 64 96 128 160
E{}is_v3 E{}is_v4 E{}ids_v4: 64 80
E{}is_v5 E{}ids_v5: 104
E{}ias_v5 E{}iads_v5: 96 112
EC{}as_v5 EC{}ads_v5 EC{}as_v6 EC{}ads_v6: 2 4 8 16 20 32 48 64 96
EC{}es_v5 EC{}eds_v5 EC{}es_v6 EC{}eds_v6: 2 4 8 16 32 48 64 128
F{}s: 1 2 4 8 16
F{}s_v2: 2 4 8 16 32 48 64 72
F{}as_v6 F{}als_v6 F{}ams_v6: 2 4 8 16 32 48 64
F{}as_v7 F{}als_v7 F{}ams_v7 F{}ads_v7 F{}alds_v7 F{}amds_v7: 1 2 4 8 16 32 48 64 80
FX{}mds: 4 12 24 36 48
FX{}ms_v2 FX{}mds_v2: 2 4 8 12 16 24 32 48 64 96
L{}s_v2: 8 16 32 48 64 80
L{}s_v3 L{}as_v3: 8 16 32 48 64 80
L{}s_v4 L{}as_v4: 2 4 8 16 32 48 64 80 96
"""
# Families that exist and are not listed here: memory, graphics and high-performance computing.
UNLISTED_FAMILIES = frozenset(("gs", "h", "hb", "hc", "hx", "m", "ms", "nc", "nd", "ng", "np", "nv"))


def _sizes() -> tuple[str, ...]:
    rows = (row.partition(": ") for row in _TABLE.strip().splitlines())
    return tuple(
        "Standard_" + name.format(number)
        for names, _, numbers in rows
        for name in names.split()
        for number in numbers.split()
    )


SIZES: tuple[str, ...] = _sizes()
