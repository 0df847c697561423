// SPDX-License-Identifier: GPL-3.0-or-later
// libFuzzer: whatever a GeoJSON file holds, it is imported or refused with one Error.
#include "fuzz_outlines.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const nunatak::tests::FuzzFolder folder;
    const auto file = folder.path / "a.geojson";
    nunatak::tests::write(file, data, size);
    nunatak::tests::importOutlines(file);
    return 0;
}
