#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Import and export of the seeded inventory beside ogr2ogr in the same run: seconds of processor (other work on the machine
# says less about them than about the clock), the least of three. NUNATAK_INVENTORY names the inventory (a GeoPackage, in
# metres), else it is made by make_inventory.py where that is there. Fails where an export costs five times ogr2ogr's.
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
# Sets $cost: seconds of processor of a command, the least of three, before each of which the file $1 is removed.
cost_of() {
    local out=$1 took
    shift
    cost=
    for _ in 1 2 3; do
        rm -rf "$out" "${out%.*}".{shx,dbf,prj,cpg}
        [ "$out" = project.gpkg ] && cp empty.gpkg project.gpkg
        TIMEFORMAT="%U %S"
        took=$({ time "$@" >log.txt 2>&1; } 2>&1) || fail "$*: $(tail -n 1 log.txt)"
        took=$(awk '{print $1 + $2}' <<<"$took")
        cost=$(awk -v a="${cost:-1e9}" -v b="$took" 'BEGIN {print a < b ? a : b}')
    done
}
worst=0
compare() {
    local ours=$cost what=$1 out=$2
    shift 2
    cost_of "$out" "$@"
    awk -v what="$what" -v ours="$ours" -v theirs="$cost" \
        'BEGIN {printf "%-22s %6.2f s, ogr2ogr %6.2f s: %.1f times\n", what, ours, theirs, ours / theirs}'
    worst=$(awk -v a="$worst" -v b="$ours" -v c="$cost" 'BEGIN {print b / c > a ? b / c : a}')
}
cost_of project.gpkg "$cli" import project.gpkg --outlines "$inventory" --layer expert
compare "import GeoPackage" o.gpkg ogr2ogr o.gpkg "$inventory"
for ending in gpkg shp fgb; do
    cost_of "out.$ending" "$cli" export full.gpkg --layer expert --out "out.$ending"
    compare "export .$ending" "o.$ending" ogr2ogr "o.$ending" "$inventory"
done
cost_of out.geojson "$cli" export full.gpkg --layer expert --out out.geojson
compare "export .geojson" o.geojson ogr2ogr o.geojson "$inventory" -lco RFC7946=YES -lco COORDINATE_PRECISION=9
/usr/bin/time -f "%M" "$cli" export full.gpkg --layer expert --out out.geojson >log.txt 2>memory.txt && echo "memory: $(($(tail -n 1 memory.txt) / 1024)) MiB"
awk -v worst="$worst" 'BEGIN {exit worst < 5 ? 0 : 1}' || fail "$worst times ogr2ogr's"
