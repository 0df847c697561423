// SPDX-License-Identifier: GPL-3.0-or-later
// Each kind of bad input: one sentence that names the file, exit code 1 (2 for usage), and nothing lost.

#include "system/programs.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace nunatak::tests;

namespace {

void writeFile(const QString& path, const QByteArray& content) {
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), qint64(content.size()));
}

QByteArray contentOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

} // namespace

class BadInputTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const QString& name) const { return m_folder.filePath(name); }

    /// One sentence on stderr that has all of `words`.
    void verifyRefused(const Finished& result, const QStringList& words, int exitCode = 1) {
        QVERIFY2(result.exitCode == exitCode, result.explanation());
        const auto message = result.err.trimmed().split('\n').last();
        QVERIFY2(message.startsWith("nunatak"), result.explanation());
        QVERIFY2(message.size() < 400, result.explanation());
        for (const auto& word : words) {
            QVERIFY2(message.contains(word), qPrintable("no \"" + word + "\" in: " + message));
        }
    }

private Q_SLOTS:
    void initTestCase() {
        QVERIFY(m_folder.isValid());
        VERIFY_SUCCEEDED(cli({"simulate", "--out", path("scene"), "--seed", "5", "--size", "128", "128"}));
        VERIFY_SUCCEEDED(cli({"project", "create", path("good.gpkg"), "--scene", path("scene/scene.json")}));
    }

    void aMissingRasterIsNamed() {
        verifyRefused(cli({"project", "create", path("a.gpkg"), "--optical", path("nothing.tif")}),
                      {"nothing.tif"});
        QVERIFY2(!QFile::exists(path("a.gpkg")), "no project is left behind");
    }

    void aTruncatedRasterIsRefused() {
        QVERIFY(QDir().mkpath(path("cut")));
        for (const char* name : {"scene.json", "optical.tif", "elevation.tif"}) {
            QFile::copy(path(QString("scene/") + name), path(QString("cut/") + name));
        }
        QFile optical(path("cut/optical.tif"));
        QVERIFY(optical.resize(optical.size() / 2));
        const auto created = cli({"project", "create", path("cut.gpkg"), "--scene", path("cut/scene.json")});
        verifyRefused(created, {"optical.tif"});
        QVERIFY2(!QFile::exists(path("cut.gpkg")), "no project is left behind");
    }

    void aFileThatIsNoRasterIsRefused() {
        writeFile(path("text.tif"), "this is no picture");
        verifyRefused(cli({"project", "create", path("b.gpkg"), "--optical", path("text.tif")}),
                      {"text.tif"});
    }

    void aRasterWithoutGeoreferenceIsRefused() {
        VERIFY_SUCCEEDED(
            run("gdal_translate", {"-q", "-of", "PNG", "-b", "1", "-b", "2", "-b", "3", "-ot", "Byte",
                                   "-scale", path("scene/optical.tif"), path("plain.png")}));
        QFile::remove(path("plain.png.aux.xml"));
        verifyRefused(cli({"project", "create", path("c.gpkg"), "--optical", path("plain.png")}),
                      {"plain.png", "georefer"});
    }

    void anElevationModelElsewhereIsRefused() {
        VERIFY_SUCCEEDED(run("gdal_translate", {"-q", "-a_ullr", "100000", "200000", "103840", "196160",
                                                path("scene/elevation.tif"), path("elsewhere.tif")}));
        verifyRefused(cli({"project", "create", path("d.gpkg"), "--optical",
                           path("scene/optical.tif") + ":blue,green,red,nir,swir1,swir2", "--elevation",
                           path("elsewhere.tif")}),
                      {"elsewhere.tif", "lies elsewhere"});
    }

    void bandsThatTheModelNeedsAndTheSceneLacksAreNamed() {
        VERIFY_SUCCEEDED(run("gdal_translate", {"-q", "-b", "3", "-b", "2", "-b", "1",
                                                path("scene/optical.tif"), path("rgb.tif")}));
        VERIFY_SUCCEEDED(
            cli({"project", "create", path("rgb.gpkg"), "--optical", path("rgb.tif") + ":red,green,blue",
                 "--elevation", path("scene/elevation.tif")}));
        verifyRefused(cli({"predict", path("rgb.gpkg")}), {"nir", "swir1", "swir2"});
    }

    void anOutlineFileWithoutPolygonsIsRefused() {
        writeFile(path("points.geojson"),
                  R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{},)"
                  R"("geometry":{"type":"Point","coordinates":[10,46]}}]})");
        verifyRefused(cli({"import", path("good.gpkg"), "--outlines", path("points.geojson")}),
                      {"points.geojson", "polygon"});
    }

    void anOutlineFileWithoutACrsIsRefused() {
        VERIFY_SUCCEEDED(run("ogr2ogr", {path("bare.shp"), path("scene/outlines.gpkg")}));
        QVERIFY(QFile::remove(path("bare.prj")));
        verifyRefused(cli({"import", path("good.gpkg"), "--outlines", path("bare.shp")}), {"bare.shp"});
    }

    void aGeoPackageThatIsNoProjectIsRefusedAndLeftAsItIs() {
        const auto before = contentOf(path("scene/outlines.gpkg"));
        verifyRefused(cli({"import", path("scene/outlines.gpkg"), "--outlines", path("scene/outlines.gpkg")}),
                      {"outlines.gpkg"});
        QVERIFY(contentOf(path("scene/outlines.gpkg")) == before);
    }

    void argumentsThatContradictEachOtherAreRefusedAndNotIgnored() {
        const QString raster = path("scene/optical.tif");
        const QString outlines = path("scene/outlines.gpkg");
        for (const QStringList& command :
             {QStringList{"import", path("good.gpkg"), "--mask", raster, "--kind", "expert"},
              {"import", path("good.gpkg"), "--mask", raster, "--date", "2020-08-20"},
              {"import", path("good.gpkg"), "--mask", raster, "--map", "name=Glacier"},
              {"import", path("good.gpkg"), "--outlines", outlines, outlines},
              {"import", path("good.gpkg"), "--outlines", outlines, "--map", "name=a", "date=b"},
              {"project", "create", path("two.gpkg"), "--optical", raster, raster},
              {"project", "create", path("two.gpkg"), "--scene", path("scene/scene.json"), "--date",
               "2020-08-20"}}) {
            const auto refused = cli(command);
            QVERIFY2(refused.exitCode == 2, qPrintable(command.join(' ') + refused.explanation()));
        }
        QVERIFY(!QFile::exists(path("two.gpkg")));
    }

    void aProjectOfANewerProgramIsRefused() {
        // The schema version has a table of its own; another program can raise it as a newer Nunatak would.
        QFile::copy(path("good.gpkg"), path("newer.gpkg"));
        const auto raised =
            run("ogrinfo", {path("newer.gpkg"), "-sql", "UPDATE gpkgext_nunatak_schema SET version = 9999"});
        VERIFY_SUCCEEDED(raised);
        verifyRefused(cli({"project", "info", path("newer.gpkg")}), {"newer.gpkg", "newer"});
    }

    void anExistingProjectIsNotOverwritten() {
        const auto before = contentOf(path("good.gpkg"));
        verifyRefused(cli({"project", "create", path("good.gpkg"), "--scene", path("scene/scene.json")}),
                      {"good.gpkg", "exists"});
        QVERIFY(contentOf(path("good.gpkg")) == before);
    }

    void aProjectHasTheEndingOfOne() {
        verifyRefused(cli({"project", "create", path("q.shp"), "--scene", path("scene/scene.json")}),
                      {"q.gpkg", "q.shp"});
        QVERIFY(!QFile::exists(path("q.shp")));
    }

    void anUnknownCommandIsNamedWithTheLikeliestOne() {
        verifyRefused(cli({"exprot", path("good.gpkg")}), {"\"exprot\"", "did you mean \"export\"?"}, 2);
        verifyRefused(cli({"project", "list"}), {"\"list\"", "create", "info"}, 2);
        verifyRefused(cli({}), {"Say which command", "predict"}, 2);
        // A project that is called as no command is no mistake in the command.
        QVERIFY(!cli({"info", "--help"}).err.contains("did you mean \"info\""));
    }

    void workGoesOnWhenNobodyReadsWhatIsToldOfIt() {
        VERIFY_SUCCEEDED(cli({"project", "create", path("quiet.gpkg"), "--scene", path("scene/scene.json")}));
        const auto closed =
            run("bash", {"-c", QString("'%1' predict '%2' 2>&1 | true")
                                   .arg(NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli", path("quiet.gpkg"))});
        const auto info = cli({"project", "info", path("quiet.gpkg"), "--json"});
        VERIFY_SUCCEEDED(info);
        QVERIFY2(!info.json().at("layers").empty(), closed.explanation());
    }

    void ranksTheScenesOfAProject() {
        const auto ranked = cli({"scene", "rank", path("good.gpkg"), "--json"});
        VERIFY_SUCCEEDED(ranked);
        QVERIFY2(ranked.out.contains("seed 5"), ranked.explanation());
    }

    void anUnknownModelIsAnsweredWithThoseThereAre() {
        verifyRefused(cli({"predict", path("good.gpkg"), "--model", "nobody"}), {"nobody", "starter"});
    }

    void anUnknownLayerIsAnsweredWithThoseThereAre() {
        verifyRefused(cli({"export", path("good.gpkg"), "--layer", "nobody", "--out", path("x.shp")}),
                      {"nobody"});
    }

    void ofSeveralOutlinesToTakeNoneIsTakenWhereOneIsNotThere() {
        const auto project = path("take.gpkg");
        VERIFY_SUCCEEDED(cli({"project", "create", project, "--scene", path("scene/scene.json")}));
        writeFile(path("take.geojson"), R"({"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"name": "G8"}, "geometry": {"type": "Polygon",
             "coordinates": [[[86.9, 27.9], [86.91, 27.9], [86.91, 27.91], [86.9, 27.9]]]}}]})");
        VERIFY_SUCCEEDED(cli({"import", project, "--outlines", path("take.geojson"), "--layer", "expert"}));
        VERIFY_SUCCEEDED(cli({"inventory", "start", project}));
        verifyRefused(cli({"inventory", "take", project, "G8", "NoSuch", "--from", "expert"}),
                      {"no outline \"NoSuch\""});
        const auto outlines = [&] {
            const auto info = cli({"project", "info", project, "--json"}).json();
            for (const auto& layer : info["layers"]) {
                if (layer["name"].get<std::string>() == "inventory") {
                    return layer["outlines"].get<int>();
                }
            }
            return -1;
        };
        QCOMPARE(outlines(), 0);
        VERIFY_SUCCEEDED(cli({"inventory", "take", project, "G8", "--from", "expert"}));
        QCOMPARE(outlines(), 1);
    }

    void capitalsAloneMakeNoOtherLayer() {
        VERIFY_SUCCEEDED(
            cli({"project", "create", path("letters.gpkg"), "--scene", path("scene/scene.json")}));
        VERIFY_SUCCEEDED(cli({"import", path("letters.gpkg"), "--outlines", path("scene/outlines.gpkg")}));
        verifyRefused(cli({"import", path("letters.gpkg"), "--outlines", path("scene/outlines.gpkg"),
                           "--layer", "EXPERT"}),
                      {"has the layer \"expert\"", "\"EXPERT\""});
        const auto ahead = cli({"import", path("letters.gpkg"), "--outlines", path("scene/outlines.gpkg"),
                                "--layer", "later", "--date", "2963-01-01"});
        VERIFY_SUCCEEDED(ahead);
        QVERIFY2(ahead.out.contains("2963-01-01 lies ahead"), ahead.explanation());
    }

    void aFullDiskLeavesTheOldExportAsItWas() {
        VERIFY_SUCCEEDED(cli({"import", path("good.gpkg"), "--outlines", path("scene/outlines.gpkg")}));
        VERIFY_SUCCEEDED(cli({"export", path("good.gpkg"), "--layer", "expert", "--out", path("old.gpkg")}));
        const auto before = contentOf(path("old.gpkg"));
        // A limit on file size fails the write as a full disk does, for any user.
        const auto limited =
            run("bash",
                {"-c",
                 QString("trap '' XFSZ; ulimit -f 8; exec '%1' export '%2' --layer expert --out '%3'")
                     .arg(NUNATAK_BUILD_DIRECTORY "/bin/nunatak-cli", path("good.gpkg"), path("old.gpkg"))});
        verifyRefused(limited, {"old.gpkg"});
        QVERIFY(contentOf(path("old.gpkg")) == before);
    }

    void wrongUsageExitsWithTwo() {
        QCOMPARE(cli({}).exitCode, 2);
        QCOMPARE(cli({"predict"}).exitCode, 2);
        QCOMPARE(cli({"predict", path("good.gpkg"), "--threshold", "7"}).exitCode, 2);
        QCOMPARE(cli({"nonsense"}).exitCode, 2);
        QCOMPARE(desktop({"--size", "big", path("good.gpkg"), "--screenshot", path("x.png")}).exitCode, 2);
    }

    void theDesktopRefusesWhatItCannotDraw() {
        verifyRefused(desktop({path("nothing.gpkg"), "--screenshot", path("y.png")}), {"nothing.gpkg"});
        QVERIFY(!QFile::exists(path("y.png")));
    }
};

QTEST_GUILESS_MAIN(BadInputTest)
#include "bad_input_test.moc"
