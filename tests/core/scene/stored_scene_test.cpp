// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "core/raster/raster_fixtures.h"
#include "scene/file_places.h"
#include "scene/stored_scene.h"

#include <QtTest>

#include <fstream>
#include <functional>

#include <cpl_vsi.h>

using namespace nunatak;
using namespace nunatak::scene;
using namespace nunatak::tests;

namespace fs = std::filesystem;

/// So that a failed comparison shows the texts.
namespace QTest {
template <> inline char* toString(const std::string& text) {
    return qstrdup(text.c_str());
}
} // namespace QTest

class StoredSceneTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    int m_count = 0;

    fs::path newFolder() {
        const fs::path folder = fs::path(m_folder.path().toStdString()) / std::to_string(++m_count);
        fs::create_directories(folder);
        return folder;
    }

    static void write(const fs::path& file, int columns = 100) {
        fs::create_directories(file.parent_path());
        writeTiff(
            file.string(),
            {.columns = columns, .rows = 80, .bands = 3, .type = GDT_Byte, .value = [](int b, int c, int r) {
                 return (b + c + r) % 200;
             }});
    }

    static Scene sceneOf(const std::vector<std::string>& files) {
        Scene scene;
        scene.id = "1";
        scene.name = "Summer";
        scene.grid = {geo::Crs::fromUserInput("EPSG:32632"), 500000, 5100000, 30, 100, 80};
        for (const std::string& file : files) {
            scene.rasters.push_back({.feature = "optical",
                                     .file = file,
                                     .bands = {1},
                                     .bandNames = {"red"},
                                     .columns = 100,
                                     .rows = 80,
                                     .fileBands = 3});
        }
        return scene;
    }
    static std::string messageOf(const std::function<void()>& work) {
        try {
            work();
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }

private Q_SLOTS:
    void filesAreFoundWithinThePathsOfGdal_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("file");
        QTest::newRow("plain") << "/data/a.tif"
                               << "/data/a.tif";
        QTest::newRow("zip") << "/vsizip//data/a.b/c.zip/d/e.tif"
                             << "/data/a.b";
        QTest::newRow("braces") << "/vsizip/{/data/a.b/c.zip}/d/e.tif"
                                << "/data/a.b/c.zip";
        QTest::newRow("tar in gz") << "/vsitar//vsigzip//data/c.tar.gz/e.tif"
                                   << "/data/c.tar.gz";
        QTest::newRow("netCDF") << "NETCDF:\"/data/a.nc\":albedo"
                                << "/data/a.nc";
        QTest::newRow("netCDF without quotes") << "NETCDF:/data/a.nc:albedo"
                                               << "/data/a.nc";
        QTest::newRow("HDF5") << "HDF5:\"/data/a.h5\"://science/grids"
                              << "/data/a.h5";
        QTest::newRow("remote") << "/vsicurl/https://example.org/a.tif"
                                << "";
        QTest::newRow("remote archive") << "/vsizip//vsicurl/https://example.org/a.zip/b.tif"
                                        << "";
    }
    void filesAreFoundWithinThePathsOfGdal() {
        QFETCH(QString, path);
        QFETCH(QString, file);
        const std::string text = path.toStdString();
        QCOMPARE(isVirtual(text) ? namedWithin(text) : text, file.toStdString());
        // What is really there says more than a name's look.
        const std::string zip = "/data/a.b/c.zip";
        QCOMPARE(fileWithin("/vsizip//data/a.b/c.zip/d/e.tif",
                            [&](const std::string& part) { return part == zip; }),
                 zip);
        QCOMPARE(withFile("/vsizip//data/a.b/c.zip/d/e.tif", zip, "/new/c.zip"),
                 std::string("/vsizip//new/c.zip/d/e.tif"));
        QCOMPARE(withFile("/data/a.tif.ovr", "/data/a.tif", "/new"), std::string("/data/a.tif.ovr"));
    }

    void aFileNamedFromTheWorkingFolderIsKeptByItsWholePath() {
        const fs::path folder = newFolder();
        std::ofstream(folder / "c.zip") << "zip";
        const fs::path before = fs::current_path();
        fs::current_path(folder);
        const std::string zip = (folder / "c.zip").string();
        const std::string found[] = {
            withAbsoluteFile("/vsizip/c.zip/e.tif"),     withAbsoluteFile("/vsizip/{c.zip}/e.tif"),
            withAbsoluteFile("NETCDF:\"c.zip\":albedo"), withAbsoluteFile("/vsitar//vsigzip/c.zip"),
            withAbsoluteFile("/vsizip/none.zip/e.tif"),  withAbsoluteFile("/vsizip/" + zip + "/e.tif")};
        fs::current_path(before);
        QCOMPARE(found[0], "/vsizip/" + zip + "/e.tif");
        QCOMPARE(found[1], "/vsizip/{" + zip + "}/e.tif");
        QCOMPARE(found[2], "NETCDF:\"" + zip + "\":albedo");
        QCOMPARE(found[3], "/vsitar//vsigzip/" + zip);
        QCOMPARE(found[4], std::string("/vsizip/none.zip/e.tif"));
        QCOMPARE(found[5], "/vsizip/" + zip + "/e.tif");
    }

    void aManifestAndItsArchiveMoveTogether() {
        const fs::path old = newFolder() / "old";
        write(old / "a.tif");
        const std::string inZip = "/vsizip/" + (old / "c.zip").string() + "/b.tif";
        QFile tiff(QString::fromStdString((old / "a.tif").string()));
        QVERIFY(tiff.open(QIODevice::ReadOnly));
        const QByteArray bytes = tiff.readAll();
        VSILFILE* zipped = VSIFOpenL(inZip.c_str(), "wb");
        QVERIFY(zipped != nullptr);
        QCOMPARE(VSIFWriteL(bytes.data(), 1, static_cast<std::size_t>(bytes.size()), zipped),
                 static_cast<std::size_t>(bytes.size()));
        QCOMPARE(VSIFCloseL(zipped), 0);
        const Scene scene = sceneFromRasters({{"optical", inZip}}, "Summer", "2020-08-20", "");
        saveScene(scene, old / "scene.json");
        fs::rename(old, old.parent_path() / "new");
        const Scene again = loadScene(old.parent_path() / "new/scene.json");
        QCOMPARE(again.rasters[0].file, "/vsizip/" + (old.parent_path() / "new/c.zip").string() + "/b.tif");
    }

    void aSceneMovesWithItsProject() {
        const fs::path old = newFolder() / "old";
        write(old / "rasters/a.tif");
        write(old.parent_path() / "shared/b.tif");
        std::ofstream(old / "c.zip") << "zip";
        std::ofstream(old / "d.nc") << "nc";
        const std::string text = toStoredJson(
            sceneOf({(old / "rasters/a.tif").string(), (old.parent_path() / "shared/b.tif").string(),
                     "/vsizip/" + (old / "c.zip").string() + "/e/f.tif",
                     "NETCDF:\"" + (old / "d.nc").string() + "\":albedo"}),
            old);
        const fs::path fresh = newFolder();
        fs::rename(old, fresh / "new");
        fs::rename(old.parent_path() / "shared", fresh / "shared");
        const StoredScene found = fromStoredJson(text, fresh / "new");
        QCOMPARE(found.scene.rasters[0].file, (fresh / "new/rasters/a.tif").string());
        QCOMPARE(found.scene.rasters[1].file, (fresh / "shared/b.tif").string());
        QCOMPARE(found.scene.rasters[2].file, "/vsizip/" + (fresh / "new/c.zip").string() + "/e/f.tif");
        QCOMPARE(found.scene.rasters[3].file, "NETCDF:\"" + (fresh / "new/d.nc").string() + "\":albedo");
        QVERIFY(found.notes.empty());
    }

    void aCopyOfAProjectUsesTheRastersBesideIt() {
        const fs::path old = newFolder();
        write(old / "a.tif");
        const std::string text = toStoredJson(sceneOf({(old / "a.tif").string()}), old);
        const fs::path copy = newFolder();
        // Alone it uses those that are where they were.
        QCOMPARE(fromStoredJson(text, copy).scene.rasters[0].file, (old / "a.tif").string());
        write(copy / "a.tif");
        QCOMPARE(fromStoredJson(text, copy).scene.rasters[0].file, (copy / "a.tif").string());
    }

    void aProjectOfBeforeThereWerePlacesFindsWhatLiesBesideItAndSaysSo() {
        const fs::path fresh = newFolder();
        write(fresh / "rasters/a.tif");
        std::ofstream(fresh / "c.zip") << "zip";
        const std::string text =
            toJson(sceneOf({"/gone/x/rasters/a.tif", "/vsizip//gone/c.zip/f.tif", "/gone/b.tif"}));
        const StoredScene found = fromStoredJson(text, fresh);
        QCOMPARE(found.scene.rasters[0].file, (fresh / "rasters/a.tif").string());
        QCOMPARE(found.scene.rasters[1].file, "/vsizip/" + (fresh / "c.zip").string() + "/f.tif");
        QCOMPARE(found.scene.rasters[2].file, std::string("/gone/b.tif"));
        QCOMPARE(found.notes.size(), std::size_t{3});
        QVERIFY(found.notes[0].find("is taken for it") != std::string::npos);
        QVERIFY(found.notes[2].find("/gone/b.tif, which is not there") != std::string::npos);
    }

    void aRasterUnderAnotherNameIsKnownByWhatIsInIt() {
        const fs::path old = newFolder();
        write(old / "a.tif");
        const Scene scene = sceneOf({(old / "a.tif").string()});
        const std::string text = toStoredJson(scene, old);
        const fs::path fresh = newFolder();
        fs::create_directories(fresh / "sub");
        fs::rename(old / "a.tif", fresh / "sub/other.tif");
        write(fresh / "decoy.tif", 50);
        const StoredScene found = fromStoredJson(text, fresh);
        QCOMPARE(found.scene.rasters[0].file, (fresh / "sub/other.tif").string());
        QVERIFY(found.notes.at(0).find("is taken for it") != std::string::npos);
        QCOMPARE(relinked(scene, fresh, printsIn(text)).rasters[0].file, (fresh / "sub/other.tif").string());
        QVERIFY(!messageOf([&] { relinked(scene, fresh); }).empty());
        write(fresh / "sub/other.tif", 60); // something else by now
        QVERIFY(missingFiles(fromStoredJson(text, fresh).scene).size() == 1);
    }

    void aSceneIsToldWhereItsRastersAre() {
        const fs::path data = newFolder();
        write(data / "2020/a.tif");
        write(data / "elsewhere/b.tif");
        const Scene scene = sceneOf({"/gone/2020/a.tif", "/gone/b.tif"});
        const Scene found = relinked(scene, data);
        QCOMPARE(found.rasters[0].file, (data / "2020/a.tif").string());
        QCOMPARE(found.rasters[1].file, (data / "elsewhere/b.tif").string());
        QVERIFY(missingFiles(found).empty());

        // One file, which may have another name when it is the only one that is gone.
        const Scene one =
            relinked(sceneOf({(data / "2020/a.tif").string(), "/gone/b.tif"}), data / "elsewhere/b.tif");
        QCOMPARE(one.rasters[1].file, (data / "elsewhere/b.tif").string());
        write(data / "renamed.tif");
        QCOMPARE(relinked(sceneOf({"/gone/c.tif"}), data / "renamed.tif").rasters[0].file,
                 (data / "renamed.tif").string());
    }

    void allRastersThatAreGoneAreToldInOneSentence() {
        const auto notesOf = [&](const Scene& scene) {
            return fromStoredJson(toStoredJson(scene, newFolder()), newFolder()).notes;
        };
        const auto one = notesOf(sceneOf({"/gone/a.tif"}));
        QCOMPARE(one.size(), std::size_t(1));
        QVERIFY2(one[0].find("/gone/a.tif, which is not there. Say where it is") != std::string::npos,
                 one[0].c_str());
        Scene many = sceneOf({"/gone/a.tif", "/gone/b.tif", "/gone/c.tif"});
        many.rasters[1].bandNames = {"green"};
        many.rasters[2].bandNames = {"blue"};
        const auto several = notesOf(many);
        QCOMPARE(several.size(), std::size_t(1));
        QVERIFY2(several[0].find("3 files (/gone/a.tif …), which are not there. Say where they are") !=
                     std::string::npos,
                 several[0].c_str());
    }

    void whatIsNoneOfTheScenesRastersIsRefused() {
        const fs::path data = newFolder();
        QVERIFY(messageOf([&] { relinked(sceneOf({"/gone/a.tif"}), data / "none"); }).find("There is no") ==
                0);
        QVERIFY(messageOf([&] { relinked(sceneOf({"/gone/a.tif"}), data); }).find("None of the rasters") ==
                0);
        write(data / "a.tif", 64);
        QVERIFY(messageOf([&] { relinked(sceneOf({"/gone/a.tif"}), data); }).find("another raster") !=
                std::string::npos);
    }
};

QTEST_GUILESS_MAIN(StoredSceneTest)
#include "stored_scene_test.moc"
