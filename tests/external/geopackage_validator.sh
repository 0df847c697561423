#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A project, its parts, what was merged, and an exported GeoPackage hold to the standard, says GDAL's own validator.
. "$(dirname "$0")/common.sh"
/usr/bin/python3 -c 'from osgeo_utils.samples import validate_gpkg' 2>/dev/null || not_run "python3-gdal has no validate_gpkg"
cd "$work" || exit 1
must simulate --out demo --seed 1 --size 128 128
must project create p.gpkg --scene demo/scene.json
must import p.gpkg --outlines demo/outlines.gpkg --layer expert
must inventory start p.gpkg --from expert
must project split p.gpkg --by n --parts 2
must project rename p-1.gpkg --layer expert --title "Swiss"
cp p.gpkg merged.gpkg
must project merge merged.gpkg p-1.gpkg p-2.gpkg
must project recover merged.gpkg --out recovered.gpkg
must export p.gpkg --layer expert --out out.gpkg
must export p.gpkg --layer expert --schema rgi6 --out rgi6.gpkg
for file in *.gpkg; do
    /usr/bin/python3 -m osgeo_utils.samples.validate_gpkg -q "$file" >validator.txt 2>&1 ||
        fail "$file: $(tail -n 1 validator.txt)"
    [ -s validator.txt ] && fail "$file: $(tail -n 1 validator.txt)"
done
exit 0
