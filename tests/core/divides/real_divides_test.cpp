// SPDX-License-Identifier: GPL-3.0-or-later
// Real complexes, divided again: how far the divides are from those that experts drew.

#include "core/divides/agreement.h"
#include "divides/divide_layer.h"
#include "divides/smooth_heights.h"
#include "exchange/outline_files.h"
#include "raster/raster_reader.h"
#include "support/shared_data.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <memory>

using namespace nunatak;
using namespace nunatak::divides;
using namespace nunatak::tests;

namespace {

struct Complexes {
    std::vector<outlines::OutlineHandle> outlines; ///< as the experts have them
    std::vector<geo::MultiPolygon> shapes;
    geo::MultiPolygon joined;
};

Complexes complexesOf(const char* file, const geo::Crs& crs) {
    Complexes found;
    for (auto& outline : exchange::readOutlines(sharedFile(file), crs).outlines) {
        found.shapes.push_back(outline.geometry);
        found.outlines.push_back(outlines::share(std::move(outline)));
    }
    found.joined = geo::unionOf(found.shapes);
    return found;
}

Elevation elevationOf(const char* file, const geo::Crs& crs, double posting) {
    const auto reader = std::make_shared<raster::RasterReader>(sharedFile(file).string());
    geo::Grid grid{crs, 0, 0, posting, 0, 0};
    if (const auto own = reader->info().northUpGrid(); own && own->crs == crs) {
        grid = *own;
    }
    return {grid, [reader](const geo::Grid& target, const std::stop_token& stop) {
                constexpr std::array<int, 1> bands{1};
                return reader->readOnGrid(bands, target, raster::Resampling::Bilinear, stop);
            }};
}

constexpr double besideMargin = 30; ///< m; what is nearer runs along the margin and is no divide

/// Median distances in pixels, of all complexes together.
struct Agreement {
    double fromExperts = 0; ///< of points along the experts' divides from those found
    double toExperts = 0;   ///< the other way: what was found and no expert drew is far
    std::size_t points = 0;
    std::size_t pieces = 0;
};

Agreement agreementOf(const Complexes& complexes, const Elevation& elevation, const Thresholds& thresholds,
                      double pixel) {
    std::vector<double> from;
    std::vector<double> to;
    Agreement found;
    for (const geo::Polygon& part : complexes.joined) {
        const auto experts = innerLines(complexes.shapes, {part}, besideMargin);
        const auto watersheds = watershedsOf({part}, elevation);
        if (experts.empty() || !watersheds.why.empty()) {
            continue;
        }
        const auto done = dividedByRelief(watersheds, thresholds);
        found.pieces += done.pieces.size();
        for (const double distance : distances(experts, done.lines, pixel)) {
            from.push_back(distance / pixel);
        }
        for (const double distance : distances(done.lines, experts, pixel)) {
            to.push_back(distance / pixel);
        }
    }
    found.points = from.size();
    found.fromExperts = shareOf(from, 0.5);
    found.toExperts = shareOf(to, 0.5);
    return found;
}

void tell(const char* where, const Agreement& agreement) {
    qInfo(
        "%s: %zu pieces; the experts' divides lie %.2f pixels from those found (median of %zu points), those "
        "found %.2f from the experts'",
        where, agreement.pieces, agreement.fromExperts, agreement.points, agreement.toExperts);
}

} // namespace

class RealDividesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void mountBaker() {
        NUNATAK_NEEDS_SHARED("data/mt_baker/dem_10m.tif");
        const auto crs = geo::Crs::fromUserInput("EPSG:32610");
        const auto complexes = complexesOf("data/mt_baker/glims_2015.geojson", crs);
        QCOMPARE(complexes.joined.size(), std::size_t{1});
        const auto elevation = elevationOf("data/mt_baker/dem_10m.tif", crs, 10);
        // A model of 30 m that was copied to pixels of 10 m: each height is there two times three.
        const auto repeats =
            repeatsOf(elevation.read(elevation.posting.window(200, 200, 500, 500), std::stop_token()));
        QVERIFY(repeats.alongRows > 1.8 && repeats.alongColumns > 2.7);
        const double measured = 10 * std::sqrt(repeats.alongRows * repeats.alongColumns);
        const auto agreement = agreementOf(complexes, elevation, {}, 10);
        tell("Mount Baker, of 10 m", agreement);
        QVERIFY(agreement.fromExperts * 10 / measured < 2);
        QVERIFY(agreement.pieces >= 7 && agreement.pieces <= 10);
        tell("Mount Baker, saddle 300 m", agreementOf(complexes, elevation, {0.1e6, 300}, 10));
    }

    void oetztal() {
        NUNATAK_NEEDS_SHARED("data/oetztal/srtm_90m.tif");
        const auto crs = geo::Crs::fromUserInput("EPSG:32632");
        const auto complexes = complexesOf("data/oetztal/rgi_oetztal.shp", crs);
        const auto agreement =
            agreementOf(complexes, elevationOf("data/oetztal/srtm_90m.tif", crs, 75), {}, 75);
        tell("Oetztal, of 75 m", agreement);
        QVERIFY(agreement.points > 100);
        QVERIFY(agreement.fromExperts < 2);
    }

    void baltoroIsOneGlacierWhereItsTributariesJoin() {
        NUNATAK_NEEDS_SHARED("data/baltoro/srtm_90m.tif");
        const auto crs = geo::Crs::fromUserInput("EPSG:32643");
        const auto complexes = complexesOf("data/baltoro/baltoro_wgs84.shp", crs);
        QCOMPARE(complexes.outlines.size(), std::size_t{1});
        const auto watersheds =
            watershedsOf(complexes.shapes[0], elevationOf("data/baltoro/srtm_90m.tif", crs, 85));
        QCOMPARE(watersheds.why, std::string());
        const auto done = dividedByRelief(watersheds, {});
        const double share = done.pieces[0].area / geo::planarArea(complexes.shapes[0]);
        qInfo("Baltoro: %zu basins, %zu pieces, the largest %.1f %%", watersheds.basins.basins.size(),
              done.pieces.size(), 100 * share);
        QVERIFY(share > 0.8);
    }

    void anIceCapIsDividedAsAnInventoryHasItWithoutElevation() {
        NUNATAK_NEEDS_SHARED("data/iceland_divides/RGI6_icecap.shp");
        const auto crs = geo::Crs::fromUserInput("EPSG:32628");
        const auto complexes = complexesOf("data/iceland_divides/RGI6_icecap.shp", crs);
        DivideRequest request;
        request.layer = "inventory";
        outlines::Outline cap;
        cap.uuid = "cap";
        cap.geometry = complexes.joined;
        request.which = {outlines::share(std::move(cap))};
        request.outlines.put(request.which[0]);
        request.crs = crs;
        request.elevation.posting = {crs, 0, 0, 30, 0, 0};
        request.isLike = true;
        request.earlier = complexes.outlines;
        const auto done = divideLayer(request, {});
        QCOMPARE(done.outlines[0].why, std::string());
        QVERIFY(done.vanished.empty());
        QCOMPARE(done.outlines[0].parts.size(), complexes.outlines.size());
        double most = 0;
        for (const auto& part : done.outlines[0].parts) {
            QVERIFY(part.keepsIds);
            const auto& before = complexes.outlines[static_cast<std::size_t>(part.earlier)];
            most = std::max(most, std::abs(part.area - geo::geodesicArea(before->geometry, crs)));
        }
        qInfo("Iceland: %zu basins again, areas to within %.0f m²", done.outlines[0].parts.size(), most);
        QVERIFY(most < 5000);
    }
};

QTEST_APPLESS_MAIN(RealDividesTest)
#include "real_divides_test.moc"
