// SPDX-License-Identifier: GPL-3.0-or-later
// Landsat 7 over Mount Everest on its coarse elevation model, with the Randolph Glacier Inventory's outlines.

#include "support/shared_data.h"
#include "system/programs.h"

#include <QImage>
#include <QTemporaryDir>

#include <cmath>

using namespace nunatak::tests;

class RealSceneTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    static QString everest(const char* name) {
        return QString::fromStdString(sharedFile("data/everest").string()) + "/" + name;
    }

    QImage viewOf(const QString& project, const QString& name) const {
        const auto shot =
            desktop({project, "--screenshot", path(name), "--size", "1000x820", "--camera", "nadir"});
        return shot.succeeded() ? QImage(path(name)) : QImage();
    }

    /// The scene as GDAL shows it, 800 × 655.
    QImage reference() const {
        run("gdal_translate", {"-q", "-of", "PNG", everest("landsat7_rgb.tif"), path("reference.png")});
        return QImage(path("reference.png"));
    }

    /// The inventory's lines burnt into the scene's pixels by GDAL.
    QImage rasterisedOutlines() const {
        run("ogr2ogr", {"-t_srs", "EPSG:32645", "-nlt", "MULTILINESTRING", path("lines.gpkg"),
                        everest("rgi60_outlines.gpkg")});
        run("gdal_translate", {"-q", "-b", "1", "-scale", "0", "255", "0", "0", everest("landsat7_rgb.tif"),
                               path("lines.tif")});
        run("gdal_rasterize", {"-q", "-burn", "255", path("lines.gpkg"), path("lines.tif")});
        run("gdal_translate", {"-q", "-of", "PNG", path("lines.tif"), path("lines.png")});
        return QImage(path("lines.png"));
    }

    /// Where a pixel position of the scene lies in a picture of it from above, which is centred.
    static QPointF inPicture(const QImage& picture, double column, double row, double scale) {
        return {picture.width() / 2.0 + (column - 400) * scale,
                picture.height() / 2.0 + (row - 327.5) * scale};
    }

    /// Correlation of grey values on a net of points.
    static double agreement(const QImage& picture, const QImage& truth, double scale) {
        double n = 0, sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
        for (int row = 8; row < 647; row += 4) {
            for (int column = 8; column < 792; column += 4) {
                const auto place = inPicture(picture, column + 0.5, row + 0.5, scale).toPoint();
                if (!picture.valid(place) || !truth.valid(column, row)) {
                    continue;
                }
                const double x = qGray(picture.pixel(place));
                const double y = qGray(truth.pixel(column, row));
                n += 1;
                sx += x;
                sy += y;
                sxx += x * x;
                syy += y * y;
                sxy += x * y;
            }
        }
        return (n * sxy - sx * sy) / std::sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
    }

    double m_scale = 0; ///< picture pixels per scene pixel, found by the first test of the picture

private Q_SLOTS:
    void initTestCase() {
        NUNATAK_NEEDS_SHARED("data/everest/landsat7_rgb.tif");
        VERIFY_SUCCEEDED(
            cli({"project", "create", path("everest.gpkg"), "--date", "2000-10-30", "--sensor",
                 "Landsat 7 ETM+", "--optical", everest("landsat7_rgb.tif") + ":red,green,blue", "--optical",
                 everest("landsat7_b4.tif") + ":nir", "--elevation", everest("dem_30arcsec.tif")}));
        VERIFY_SUCCEEDED(
            cli({"project", "create", path("bare.gpkg"), "--optical",
                 everest("landsat7_rgb.tif") + ":red,green,blue", "--optical",
                 everest("landsat7_b4.tif") + ":nir", "--elevation", everest("dem_30arcsec.tif")}));
        VERIFY_SUCCEEDED(cli({"import", path("everest.gpkg"), "--outlines", everest("rgi60_outlines.gpkg"),
                              "--layer", "expert"}));
    }

    void theSceneKeepsItsGridAndAllOutlinesAreThere() {
        const auto info = cli({"project", "info", path("everest.gpkg"), "--json"}).json();
        QCOMPARE(info["epsg"].get<int>(), 32645);
        QCOMPARE(info["scenes"][0]["columns"].get<int>(), 800);
        QCOMPARE(info["scenes"][0]["rows"].get<int>(), 655);
        QCOMPARE(info["layers"][0]["outlines"].get<int>(), 86);
    }

    void unnamedBandsAreTakenAsRedGreenBlueAndTheProgramSaysSo() {
        const auto created = cli({"project", "create", path("rgb.gpkg"), "--optical",
                                  everest("landsat7_rgb.tif"), "--elevation", everest("dem_30arcsec.tif")});
        VERIFY_SUCCEEDED(created);
        QVERIFY2(created.out.contains("red") && created.out.contains("Note"), created.explanation());
    }

    void predictingSaysWhichBandsAreMissing() {
        const auto refused = cli({"predict", path("everest.gpkg")});
        QCOMPARE(refused.exitCode, 1);
        QVERIFY2(refused.err.contains("swir1") && refused.err.contains("swir2") &&
                     !refused.err.contains("nir,"),
                 refused.explanation());
    }

    void theSceneLiesAsInItsFileNeitherMirroredNorShifted() {
        const auto picture = viewOf(path("bare.gpkg"), "bare.png");
        const auto truth = reference();
        QVERIFY(!truth.isNull());
        double best = -1;
        for (double scale = 0.8; scale < 1.4; scale += 0.002) {
            const double now = agreement(picture, truth, scale);
            if (now > best) {
                best = now;
                m_scale = scale;
            }
        }
        QVERIFY2(best > 0.9, qPrintable(QString("correlation %1 at scale %2").arg(best).arg(m_scale)));
        QVERIFY(agreement(picture, truth.mirrored(true, false), m_scale) < 0.5);
        QVERIFY(agreement(picture, truth.mirrored(false, true), m_scale) < 0.5);
        // Ten pixels of the scene, 300 m, are seen.
        QVERIFY(agreement(picture, truth.copy(10, 0, 800, 655), m_scale) < best - 0.05);
    }

    void theOutlinesAreDrawnWhereGdalPutsThem() {
        QVERIFY2(m_scale > 0, "the scene was not found in the picture");
        // What differs between the view with outlines and the one without is outlines.
        const QImage bare(path("bare.png"));
        const auto drawn = viewOf(path("everest.gpkg"), "nadir.png");
        const auto mask = rasterisedOutlines();
        QCOMPARE(mask.size(), QSize(800, 655));
        const auto isDrawnNear = [&](int x, int y) {
            for (int dy = -2; dy <= 2; ++dy) {
                for (int dx = -2; dx <= 2; ++dx) {
                    const QPoint p(x + dx, y + dy);
                    if (drawn.valid(p) && drawn.pixel(p) != bare.pixel(p)) {
                        return true;
                    }
                }
            }
            return false;
        };
        int outline = 0;
        int found = 0;
        for (int row = 4; row < 651; ++row) {
            for (int column = 4; column < 796; ++column) {
                if (qGray(mask.pixel(column, row)) > 0) {
                    const auto place = inPicture(drawn, column + 0.5, row + 0.5, m_scale);
                    ++outline;
                    found += isDrawnNear(qRound(place.x()), qRound(place.y())) ? 1 : 0;
                }
            }
        }
        QVERIFY(outline > 5000);
        QVERIFY2(found > 0.97 * outline, qPrintable(QString("%1 of %2").arg(found).arg(outline)));
    }

    void theOutlinesExportInGeographicCoordinatesWhereTheyCameFrom() {
        VERIFY_SUCCEEDED(
            cli({"export", path("everest.gpkg"), "--layer", "expert", "--out", path("out.geojson")}));
        const auto there = run("ogrinfo", {"-so", "-al", path("out.geojson")});
        const auto here = run("ogrinfo", {"-so", "-al", everest("rgi60_outlines.gpkg")});
        const auto extentOf = [](const QString& text) {
            const QRegularExpression pattern(
                R"(Extent: \(([-\d.]+), ([-\d.]+)\) - \(([-\d.]+), ([-\d.]+)\))");
            const auto match = pattern.match(text);
            QList<double> numbers;
            for (int i = 1; i <= 4; ++i) {
                numbers << match.captured(i).toDouble();
            }
            return numbers;
        };
        const auto out = extentOf(there.out);
        const auto in = extentOf(here.out);
        for (int i = 0; i < 4; ++i) {
            QVERIFY2(std::abs(out[i] - in[i]) < 1e-5, there.explanation());
        }
    }
};

QTEST_GUILESS_MAIN(RealSceneTest)
#include "real_scene_test.moc"
