// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "core/raster/raster_fixtures.h"
#include "scene/scene_overviews.h"
#include "scene/scene_reader.h"

#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

namespace {

constexpr int side = 2304;

std::shared_ptr<raster::ReaderPool> pool(std::size_t megabytes = 384) {
    return std::make_shared<raster::ReaderPool>(raster::CacheLimits{.bytes = megabytes << 20});
}

bool sameBits(const Image<float>& a, const Image<float>& b) {
    if (a.values().size() != b.values().size()) {
        return false;
    }
    for (std::size_t i = 0; i < a.values().size(); ++i) {
        if (!same(a.values()[i], b.values()[i])) {
            return false;
        }
    }
    return true;
}

/// The largest difference of two images; infinite where one has a value and the other none.
double largestDifference(const Image<float>& a, const Image<float>& b) {
    double most = 0;
    for (std::size_t i = 0; i < a.values().size(); ++i) {
        const float x = a.values()[i];
        const float y = b.values()[i];
        if (std::isnan(x) != std::isnan(y)) {
            return HUGE_VAL;
        }
        most = std::isnan(x) ? most : std::max(most, double(std::abs(x - y)));
    }
    return most;
}

} // namespace

/// Overviews beside the project of a scene whose rasters have none.
class SceneOverviewsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    const std::vector<std::string> m_bands{"red", "swir1"};

    std::string at(const char* name) const { return m_folder.filePath(name).toStdString(); }
    void writeOptical(int added) const {
        writeTiff(at("optical.tif"),
                  {.columns = side,
                   .rows = side,
                   .bands = 6,
                   .type = GDT_UInt16,
                   .value = [added](int band, int column,
                                    int row) { return 500 * band + added + column / 3 + row / 2; },
                   .options = {"COMPRESS=DEFLATE"}});
    }
    Scene exampleScene() const {
        return sceneFromRasters({{"optical", at("optical.tif")}, {"dem", at("dem.tif")}}, "test", "", "");
    }
    std::shared_ptr<SceneOverviews> overviews() const {
        return std::make_shared<SceneOverviews>(at("project.files/overviews"));
    }
    QStringList made() const {
        return QDir(m_folder.filePath("project.files/overviews")).entryList(QDir::Files, QDir::Name);
    }

private Q_SLOTS:
    void init() {
        QDir(m_folder.filePath("project.files")).removeRecursively();
        writeOptical(0);
        writeTiff(at("dem.tif"),
                  {.columns = side, .rows = side, .noData = -9999, .value = [](int, int column, int row) {
                       return 2000 + column * 0.3 + row * 0.2;
                   }});
    }

    void coarsePicturesComeFromThemAndLookTheSame() {
        const Scene scene = exampleScene();
        const auto them = overviews();
        QVERIFY(them->areMissing(scene, pool()));
        them->make(scene, pool(), {});
        QVERIFY(!them->areMissing(scene, pool()));
        QCOMPARE(made().size(), 4); // one of each raster, and a small file that shows it
        const auto grid = scene.grid.atPixelSize(scene.grid.pixelSize * 10);
        const auto plainPool = pool();
        const auto plain = SceneReader(scene, plainPool).read("optical", m_bands, grid);
        const auto theirPool = pool();
        const SceneReader picture(scene, theirPool, them);
        const auto fromThem = picture.read("optical", m_bands, grid);
        QVERIFY(largestDifference(plain, fromThem) <= 2 * 0.0001); // rounded at each level
        QVERIFY(theirPool->statistics().bytesDecoded * 10 < plainPool->statistics().bytesDecoded);
        // The last row and column lie with their middle beyond the raster, where a picture has nothing.
        const auto whole = grid.window(0, 0, grid.columns - 1, grid.rows - 1);
        QVERIFY(largestDifference(SceneReader(scene, pool()).read("dem", {"elevation"}, whole),
                                  picture.read("dem", {"elevation"}, whole)) <
                1.5); // at its edges fewer pixels count
        // What is as fine as the file is the file, bit by bit.
        const auto window = scene.grid.window(300, 500, 200, 200);
        QVERIFY(sameBits(SceneReader(scene, pool()).read("optical", m_bands, window),
                         picture.read("optical", m_bands, window)));
    }

    void whatIsComputedReadsTheFilesAsBefore() {
        const Scene scene = exampleScene();
        const auto grid = scene.grid.atPixelSize(scene.grid.pixelSize * 4);
        const std::vector<std::string> heights{"elevation", "slope"};
        const SceneReader before(scene, pool());
        const auto optical = before.read("optical", m_bands, grid);
        const auto dem = before.read("dem", heights, grid);
        overviews()->make(scene, pool(), {});
        const SceneReader after(scene, pool());
        QVERIFY(sameBits(after.read("optical", m_bands, grid), optical));
        QVERIFY(sameBits(after.read("dem", heights, grid), dem));
    }

    void thoseOfAChangedRasterAreNotUsedAndMadeAnew() {
        const Scene scene = exampleScene();
        const auto them = overviews();
        them->make(scene, pool(), {});
        const auto old = made();
        writeOptical(7000);
        const auto grid = scene.grid.atPixelSize(scene.grid.pixelSize * 10);
        const SceneReader picture(scene, pool(), them);
        QVERIFY(sameBits(picture.read("optical", m_bands, grid),
                         SceneReader(scene, pool()).read("optical", m_bands, grid)));
        QVERIFY(them->areMissing(scene, pool()));
        them->make(scene, pool(), {});
        QCOMPARE(made().size(), 4);
        QVERIFY(made() != old);
        QVERIFY(largestDifference(picture.read("optical", m_bands, grid),
                                  SceneReader(scene, pool()).read("optical", m_bands, grid)) <= 2 * 0.0001);
    }

    void damagedOrRemovedOnesAreDoneWithout() {
        const Scene scene = exampleScene();
        const auto grid = scene.grid.atPixelSize(scene.grid.pixelSize * 10);
        const auto wanted = SceneReader(scene, pool()).read("optical", m_bands, grid);
        const auto them = overviews();
        them->make(scene, pool(), {});
        for (const QString& name : made()) {
            if (name.startsWith("optical") && name.endsWith(".ovr")) {
                const auto file = m_folder.filePath("project.files/overviews/" + name).toStdString();
                std::filesystem::resize_file(file, std::filesystem::file_size(file) / 3);
            }
        }
        const SceneReader picture(scene, pool(), them);
        QVERIFY(sameBits(picture.read("optical", m_bands, grid), wanted));
        QDir(m_folder.filePath("project.files")).removeRecursively();
        QVERIFY(sameBits(picture.read("optical", m_bands, grid), wanted));
    }

    void flagsAndWhatIsNotOnThisDiskHaveNone() {
        Scene scene = exampleScene();
        scene.rasters.resize(1);
        scene.rasters[0].feature = "quality";
        scene.rasters[0].flags.assign(6, QualityFlag{3, {}});
        QVERIFY(!overviews()->areMissing(scene, pool()));
        scene = exampleScene();
        scene.rasters.resize(1);
        scene.rasters[0].file = "/vsisubfile/0_999999999," + scene.rasters[0].file;
        QVERIFY(!overviews()->areMissing(scene, pool()));
    }

    void aNumberForNoDataThatOnlyTheSceneKnowsStaysOutOfAverages() {
        Scene scene = exampleScene();
        scene.rasters[0].noData = 500; // the first pixels of band 1
        const auto them = overviews();
        them->make(scene, pool(), {});
        const auto grid = scene.grid.atPixelSize(scene.grid.pixelSize * 2).window(0, 0, 64, 64);
        const auto pixels = SceneReader(scene, pool(), them).read("optical", {"blue"}, grid);
        QVERIFY(std::isnan(pixels.at(0, 0, 0)));
        QVERIFY(pixels.at(0, 0, 2) > 0.05F);
    }

    void aFolderThatCannotBeMadeIsSaid() {
        std::ofstream(at("project.files")) << "a file";
        try {
            overviews()->make(exampleScene(), pool(), {});
            QFAIL("a folder was made within a file");
        } catch (const Error& error) {
            QVERIFY(QString::fromUtf8(error.what()).contains("overviews"));
        }
        QVERIFY(SceneReader(exampleScene(), pool(), overviews())
                    .read("optical", m_bands, exampleScene().grid.window(0, 0, 8, 8))
                    .at(0, 0, 0) > 0);
        std::filesystem::remove(at("project.files"));
    }

    void aFileThatKeepsItsBandsTogetherIsGoneThroughOnce() {
        // The cache holds a small part of it, as it does of a whole satellite tile.
        const auto small = pool(16);
        const Scene scene = exampleScene();
        const std::vector<std::string> all{"blue", "green", "red", "nir", "swir1", "swir2"};
        SceneReader(scene, small).read("optical", all, scene.grid.atPixelSize(scene.grid.pixelSize * 18));
        const double pixels = 2.0 * 6 * side * side;
        QVERIFY2(double(small->statistics().bytesDecoded) < 1.3 * pixels,
                 qPrintable(QString::number(double(small->statistics().bytesDecoded) / pixels)));
    }
};

QTEST_GUILESS_MAIN(SceneOverviewsTest)
#include "scene_overviews_test.moc"
