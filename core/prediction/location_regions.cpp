// SPDX-License-Identifier: GPL-3.0-or-later
#include "location_regions.h"

#include "base/error.h"

#include <cmath>

namespace nunatak::prediction {

namespace {

geo::MultiPolygon polygon(geo::Ring ring) {
    return {{std::move(ring), {}}};
}

geo::MultiPolygon box(double west, double south, double east, double north) {
    return polygon({{west, south}, {east, south}, {east, north}, {west, north}});
}

geo::MultiPolygon both(geo::MultiPolygon a, const geo::MultiPolygon& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

} // namespace

// Longitudes and latitudes in degrees after the first-order regions of the Randolph Glacier Inventory 7.0
// (RGI Consortium 2023, doi:10.5067/F6JMOVY5NAVZ; the regions of GTN-G 2023), which are boxes at whole
// degrees almost everywhere. Drawn simpler here: the watersheds between 01 and 02 and between 13, 14 and 15
// are left out, since the published models do not part these; Nares Strait, between Ellesmere Island (03) and
// Greenland (05), is a line of eight points; 19 and the mainland, which RGI 7.0 calls 20, are one. What
// reaches the antimeridian goes a degree beyond, so that no place falls on the edge.
const std::vector<GlacierRegion>& glacierRegions() {
    static const std::vector<GlacierRegion> regions{
        {"01 and 02", "Alaska, Western Canada and USA", "AWA",
         polygon({{-181, 50},
                  {-134, 50},
                  {-134, 35},
                  {-104, 35},
                  {-104, 74},
                  {-134, 74},
                  {-134, 72},
                  {-169, 72},
                  {-169, 57},
                  {-181, 57}})},
        {"03", "Arctic Canada North", "",
         polygon({{-125, 74},
                  {-75, 74},
                  {-75, 77},
                  {-74.5, 77.8},
                  {-73.5, 78.7},
                  {-71, 79.4},
                  {-68, 80.5},
                  {-64.5, 81.25},
                  {-61.5, 82},
                  {-60, 82.5},
                  {-60, 85},
                  {-125, 85}})},
        {"04", "Arctic Canada South", "",
         polygon({{-90, 57}, {-58, 57}, {-58, 70}, {-65, 70}, {-65, 74}, {-90, 74}})},
        {"05", "Greenland Periphery", "GR",
         polygon({{-58, 59},
                  {-26, 59},
                  {-26, 67},
                  {-10, 67},
                  {-10, 85},
                  {-60, 85},
                  {-60, 82.5},
                  {-61.5, 82},
                  {-64.5, 81.25},
                  {-68, 80.5},
                  {-71, 79.4},
                  {-73.5, 78.7},
                  {-74.5, 77.8},
                  {-75, 77},
                  {-75, 74},
                  {-65, 74},
                  {-65, 70},
                  {-58, 70}})},
        {"06", "Iceland", "", box(-26, 59, -10, 67)},
        {"07", "Svalbard and Jan Mayen", "SVAL",
         polygon({{-10, 70}, {4, 70}, {4, 74}, {35, 74}, {35, 83}, {-10, 83}})},
        {"08", "Scandinavia", "SC", box(4, 58, 35, 74)},
        {"09", "Russian Arctic", "",
         polygon({{35, 70}, {59, 70}, {59, 72}, {70, 72}, {70, 77}, {110, 77}, {110, 83}, {35, 83}})},
        {"10", "North Asia", "",
         both(polygon({{57, 46},
                       {128, 46},
                       {128, 31},
                       {146, 31},
                       {146, 46},
                       {165, 46},
                       {165, 57},
                       {181, 57},
                       {181, 78},
                       {110, 78},
                       {110, 77},
                       {70, 77},
                       {70, 72},
                       {59, 72},
                       {59, 70},
                       {57, 70}}),
              box(-181, 57, -169, 78))},
        {"11", "Central Europe", "ALP", box(-6, 40, 26, 50)},
        {"12", "Caucasus and Middle East", "CA", box(32, 30, 54, 45)},
        {"13 to 15", "Central Asia, South Asia West and East", "HMA", box(65, 26, 105, 46)},
        {"16", "Low Latitudes", "LL", box(-100, -25, 142, 20)},
        {"17", "Southern Andes", "SA", box(-82, -57, -62, -25)},
        {"18", "New Zealand", "NZ", box(164, -49, 179, -34)},
        {"19", "Subantarctic and Antarctic Islands", "AN", box(-181, -91, 181, -45.5)},
    };
    return regions;
}

const GlacierRegion* glacierRegionAt(double latitude, double longitude) {
    if (!(std::abs(latitude) <= 90) || !std::isfinite(longitude)) {
        throw Error("A place needs a latitude between -90 and 90 degrees and a longitude.");
    }
    const geo::Point place{std::remainder(longitude, 360.0), latitude};
    for (const auto& region : glacierRegions()) {
        if (geo::contains(region.shape, place)) {
            return &region;
        }
    }
    return nullptr;
}

} // namespace nunatak::prediction
