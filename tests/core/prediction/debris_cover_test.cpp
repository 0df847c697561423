// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/pixel_areas.h"
#include "geo/shape_operations.h"
#include "prediction/band_ratio_map.h"
#include "prediction/confidence.h"
#include "prediction/debris_cover.h"
#include "raster/raster_reader.h"
#include "raster/raster_writer.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <limits>

using namespace nunatak;
using namespace nunatak::prediction;

namespace {

constexpr float noData = std::numeric_limits<float>::quiet_NaN();
constexpr double pixel = 30;

/// 60 × 40 pixels: clean ice in columns 10 to 29, debris in 30 to 49, rock elsewhere; the upper five rows of
/// all of it in shadow, and a hole without data in the ice.
class Scene {
public:
    Scene() : grid{geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, pixel, 60, 40} {
        raster::initialiseGdal();
        Image<float> bands(4, grid.rows, grid.columns);
        for (int row = 0; row < grid.rows; ++row) {
            for (int column = 0; column < grid.columns; ++column) {
                const bool ice = column >= 10 && column < 30;
                const float light = row < 5 ? 0.1F : 1.0F;
                const float wobble = 0.01F * static_cast<float>((row * 7 + column * 3) % 5);
                const float values[] = {ice ? 0.7F : 0.15F, ice ? 0.6F : 0.2F + wobble, ice ? 0.5F : 0.3F,
                                        ice ? 0.06F + wobble : 0.3F + wobble};
                for (int band = 0; band < 4; ++band) {
                    bands.at(band, row, column) = values[band] * light;
                }
            }
        }
        bands.at(1, 20, 20) = noData;
        raster::RasterLayout layout;
        layout.grid = grid;
        layout.bandNames = {"blue", "red", "nir", "swir1"};
        layout.noData = std::numeric_limits<double>::quiet_NaN();
        const auto path = folder.filePath("optical.tif").toStdString();
        raster::RasterWriter writer(path, layout);
        writer.write(bands, 0, 0);
        writer.finish();
        scene.name = "slope";
        scene.grid = grid;
        scene.rasters = {{"optical", path, {1, 2, 3, 4}, layout.bandNames, 1, 0}};
    }

    scene::SceneReader reader() const { return {scene, std::make_shared<raster::ReaderPool>()}; }

    /// A rectangle of pixels as an outline.
    outlines::OutlineSet::Handle glacier(const char* uuid, double column, double row, double columns,
                                         double rows) const {
        outlines::Outline outline;
        outline.uuid = uuid;
        const auto a = grid.toMap(column, row);
        const auto b = grid.toMap(column + columns, row + rows);
        outline.geometry = {{{{a.x, a.y}, {a.x, b.y}, {b.x, b.y}, {b.x, a.y}}, {}}};
        return outlines::share(outline);
    }

    QTemporaryDir folder;
    geo::Grid grid;
    scene::Scene scene;
};

/// Areas are those of the ground, which pixels of a projection have within 1 in 10,000 of their neighbours'.
bool near(double a, double b) {
    return std::abs(a - b) <= 1e-4 * std::abs(b);
}

/// m² of ground of so many pixels.
double ground(const Scene& files, int pixels) {
    return pixels * geo::PixelAreas(files.grid).at(20, 20);
}

BandRatioOptions shadowAware() {
    BandRatioOptions options;
    options.minimumBlue = 0.08;
    return options;
}

} // namespace

class DebrisCoverTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSceneReadInStripsGivesTheSameMapAsInOnePiece() {
        const Scene files;
        const auto reader = files.reader();
        const auto whole = reader.read("optical", {"blue", "red", "swir1"}, files.grid);
        const auto map = mapBandRatio(reader, files.grid, shadowAware(), {});
        QCOMPARE(map.classes.values(), bandRatio(whole, shadowAware()).values());
        QVERIFY(map.threshold > 1.2 && map.threshold < 5.5);
        QCOMPARE(static_cast<int>(map.classes.at(0, 20, 15)), static_cast<int>(Glacier));
        QCOMPARE(static_cast<int>(map.classes.at(0, 20, 20)), static_cast<int>(NotPredicted));
    }

    void nearInfraredServesInPlaceOfRed() {
        const Scene files;
        auto options = shadowAware();
        options.numerator = RatioBand::Nir;
        options.threshold = 3.0;
        const auto map = mapBandRatio(files.reader(), files.grid, options, {});
        QCOMPARE(map.threshold, 3.0);
        QCOMPARE(static_cast<int>(map.classes.at(0, 20, 15)), static_cast<int>(Glacier));
        QCOMPARE(static_cast<int>(map.classes.at(0, 20, 40)), static_cast<int>(Background));
        // Red has no data there, near infrared has.
        QCOMPARE(static_cast<int>(map.classes.at(0, 20, 20)), static_cast<int>(Glacier));
    }

    void aMissingBandIsNamed() {
        Scene files;
        files.scene.rasters.front().bandNames = {"blue", "red", "nir", ""};
        files.scene.rasters.front().bandNames.pop_back();
        files.scene.rasters.front().bands.pop_back();
        try {
            mapBandRatio(files.reader(), files.grid, {}, {});
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("optical swir1") != std::string::npos, error.what());
        }
    }

    void eachGlacierHasItsShareOfDebris() {
        const Scene files;
        const auto covers =
            debrisCover({files.glacier("a", 20, 10, 20, 20), files.glacier("b", 12, 10, 6, 20)},
                        files.grid.crs, files.reader(), {shadowAware(), 0, {}, 0.95}, {});
        QCOMPARE(covers.size(), std::size_t(2));
        QCOMPARE(covers[0].uuid, std::string("a"));
        // 10 columns of each; the median filter moves nothing at a straight border. One pixel has no data.
        QVERIFY(std::abs(ground(files, 1) - 900.5) < 0.1); // a scale of 0.99972 on the map
        QVERIFY2(near(covers[0].debrisArea, ground(files, 200)),
                 qPrintable(QString::number(covers[0].debrisArea)));
        QVERIFY(near(covers[0].cleanArea, ground(files, 199)));
        QVERIFY(near(covers[0].undecidedArea, ground(files, 1)));
        QVERIFY(near(covers[0].share, 200.0 / 399));
        QVERIFY(near(geo::planarArea(covers[0].debris), 200 * pixel * pixel));
        QVERIFY(near(covers[1].share, 0));
        QVERIFY(covers[1].debris.empty());
    }

    void shadowStaysUndecided() {
        const Scene files;
        const auto covers = debrisCover({files.glacier("a", 30, 0, 10, 5)}, files.grid.crs, files.reader(),
                                        {shadowAware(), 0, {}, 0.95}, {});
        QVERIFY(near(covers[0].undecidedArea, ground(files, 50)));
        QVERIFY(std::isnan(covers[0].share));
    }

    void whereTheModelIsUnsureNothingIsDecided() {
        const Scene files;
        DebrisOptions options{shadowAware(), 0, {}, 0.95};
        options.confidence = [&](const geo::Grid& window) {
            Image<float> confidence(1, window.rows, window.columns, 0.99F);
            for (int row = 0; row < window.rows; ++row) {
                for (int column = 0; column < window.columns; ++column) {
                    const auto place = files.grid.toPixel(window.toMap(column + 0.5, row + 0.5));
                    if (place.y < 20) {
                        confidence.at(0, row, column) = place.x < 35 ? 0.5F : noData;
                    }
                }
            }
            return confidence;
        };
        const auto covers =
            debrisCover({files.glacier("a", 30, 10, 10, 20)}, files.grid.crs, files.reader(), options, {});
        QVERIFY(near(covers[0].undecidedArea, ground(files, 100)));
        QVERIFY(near(covers[0].debrisArea, ground(files, 100)));
    }

    void aGlacierOutsideTheSceneHasNoShare() {
        const Scene files;
        const auto covers = debrisCover({files.glacier("far", 500, 500, 10, 10)}, files.grid.crs,
                                        files.reader(), {shadowAware(), 0, {}, 0.95}, {});
        QVERIFY(std::isnan(covers[0].share));
        QVERIFY(covers[0].debris.empty());
    }
};

QTEST_GUILESS_MAIN(DebrisCoverTest)
#include "debris_cover_test.moc"
