// SPDX-License-Identifier: GPL-3.0-or-later
// Landsat 7 over Mount Everest on its coarse elevation model, with the Randolph Glacier Inventory's outlines.

#include "support/shared_data.h"
#include "system/programs.h"

#include <QImage>
#include <QTemporaryDir>

using namespace nunatak::tests;

class RealSceneTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }
    static QString everest(const char* name) {
        return QString::fromStdString(sharedFile("data/everest").string()) + "/" + name;
    }

private Q_SLOTS:
    void initTestCase() {
        NUNATAK_NEEDS_SHARED("data/everest/landsat7_rgb.tif");
        VERIFY_SUCCEEDED(
            cli({"project", "create", path("everest.gpkg"), "--date", "2000-10-30", "--sensor",
                 "Landsat 7 ETM+", "--optical", everest("landsat7_rgb.tif") + ":red,green,blue", "--optical",
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

    void theOutlinesLieOnBrightGroundInThePicture() {
        // From straight above, ice is brighter than the ground around it: what lies under the outlines must
        // be brighter than the picture as a whole, which a mirrored or shifted drape would not give.
        VERIFY_SUCCEEDED(desktop({path("everest.gpkg"), "--screenshot", path("nadir.png"), "--size",
                                  "1000x820", "--camera", "nadir"}));
        const QImage picture(path("nadir.png"));
        QCOMPARE(picture.size(), QSize(1000, 820));
        double sum = 0;
        int count = 0;
        for (int y = 100; y < 720; ++y) {
            for (int x = 100; x < 900; ++x) {
                sum += qGray(picture.pixel(x, y));
                ++count;
            }
        }
        const double mean = sum / count;
        QVERIFY2(mean > 40 && mean < 215, qPrintable(QString("mean grey %1").arg(mean)));
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
