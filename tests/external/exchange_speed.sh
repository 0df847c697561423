#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Import and export of the seeded inventory and ogr2ogr by turns in the same run: seconds of processor (of which other work
# on the machine changes less than of the clock's) and of the clock, the least of seven. NUNATAK_INVENTORY names the inventory
# (a GeoPackage, in metres), else it is made by make_inventory.py where that is there. Fails where one costs much more than
# docs/performance.md says.
. "$(dirname "$0")/common.sh"
command -v ogr2ogr >/dev/null || not_run "ogr2ogr is not installed (gdal-bin)"
inventory=${NUNATAK_INVENTORY:-}
maker=$NUNATAK_TESTS/../../shared/tools/make_inventory.py
if [ -z "$inventory" ]; then
    [ -f "$maker" ] || not_run "NUNATAK_INVENTORY names no inventory, and $maker is not there"
    mkdir "$work/made"
    /usr/bin/python3 "$maker" "$work/made" >"$work/log.txt" 2>&1 || fail "make_inventory.py: $(tail -n 1 "$work/log.txt")"
    inventory=$work/made/inventory.gpkg
fi
cd "$work" || exit 1
must simulate --out demo --seed 1 --size 128 128
must project create empty.gpkg --scene demo/scene.json --crs EPSG:32632
cp empty.gpkg full.gpkg
must import full.gpkg --outlines "$inventory" --layer expert
TIMEFORMAT="%U %S %R"
# Sets $cost: seconds of processor and of the clock of a command, before which the file $1 is removed.
cost_of() {
    local out=$1 took
    shift
    rm -rf "$out" "${out%.*}".{shx,dbf,prj,cpg}
    [ "$out" = project.gpkg ] && cp empty.gpkg project.gpkg
    took=$({ time "$@" >log.txt 2>&1; } 2>&1) || fail "$*: $(tail -n 1 log.txt)"
    cost=$(awk '{print $1 + $2, $3}' <<<"$took")
}
# compare WHAT LIMIT OUT COMMAND … -- OUT OGR2OGR …: both by turns, seven times; the least of each. Notes where ours costs
# LIMIT times ogr2ogr's.
compare() {
    local what=$1 limit=$2 out=$3 ours=() their=() times=()
    shift 3
    while [ "$1" != -- ]; do
        ours+=("$1")
        shift
    done
    local their_out=$2
    their=("${@:3}")
    for _ in 1 2 3 4 5 6 7; do
        cost_of "$out" "${ours[@]}"
        local both=$cost
        cost_of "$their_out" "${their[@]}"
        times+=("$both $cost")
    done
    printf '%s\n' "${times[@]}" | awk -v what="$what" -v limit="$limit" '
        {for (i = 1; i <= 4; ++i) least[i] = NR == 1 || $i < least[i] ? $i : least[i]}
        END {
            times = least[1] / least[3]
            printf "%-20s processor %5.2f s, ogr2ogr %5.2f s: %.2f times; clock %5.2f s, %5.2f s: %.2f times\n", what,
                least[1], least[3], times, least[2], least[4], least[2] / least[4]
            exit times < limit ? 0 : 1
        }' || slow="$slow $what"
}
slow=
compare "import .gpkg" 2.5 project.gpkg "$cli" import project.gpkg --outlines "$inventory" --layer expert \
    -- o.gpkg ogr2ogr o.gpkg "$inventory"
for ending in gpkg shp fgb; do
    compare "export .$ending" 3.2 "out.$ending" "$cli" export full.gpkg --layer expert --out "out.$ending" \
        -- "o.$ending" ogr2ogr "o.$ending" "$inventory"
done
compare "export .geojson" 1.3 out.geojson "$cli" export full.gpkg --layer expert --out out.geojson \
    -- o.geojson ogr2ogr o.geojson "$inventory" -lco RFC7946=YES -lco COORDINATE_PRECISION=9
rm -f out.geojson project.gpkg
cp empty.gpkg project.gpkg
/usr/bin/time -f "%M" "$cli" export full.gpkg --layer expert --out out.geojson >log.txt 2>memory.txt && echo "memory of an export: $(($(tail -n 1 memory.txt) / 1024)) MiB"
/usr/bin/time -f "%M" "$cli" import project.gpkg --outlines "$inventory" --layer expert >log.txt 2>memory.txt && echo "memory of an import: $(($(tail -n 1 memory.txt) / 1024)) MiB"
[ -z "$slow" ] || fail "slower than they were:$slow"
