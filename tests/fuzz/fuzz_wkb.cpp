// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: a geometry of a GeoPackage, header and well-known binary, is refused with one Error or read; and
// what was read is written and read again as the same.
#include "base/error.h"
#include "database/geopackage_blob.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"

#include <cstdint>
#include <cstdlib>
#include <span>

namespace {

using namespace nunatak;

void readAndWrite(std::span<const std::uint8_t> wkb) {
    geo::MultiPolygon shape;
    try {
        shape = geo::fromWkb(wkb);
    } catch (const Error&) {
        return;
    }
    const auto written = geo::toWkb(shape);
    if (geo::toWkb(geo::fromWkb(written)) != written) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::span<const std::uint8_t> bytes(data, size);
    readAndWrite(bytes);
    if (const auto view = database::viewBlob(bytes)) {
        readAndWrite(view->wkb);
        try {
            geo::shapeFromWkb(view->wkb);
        } catch (const Error&) {
            // Refused, as it should be.
        }
        const auto blob = database::toBlob(view->wkb, view->box, 32632);
        if (!database::viewBlob(blob) && !view->empty) {
            std::abort();
        }
    }
    return 0;
}
