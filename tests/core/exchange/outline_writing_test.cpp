// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_layer.h"
#include "exchange_fixtures.h"
#include "geo/shape_operations.h"
#include "raster/raster_reader.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <csignal>
#include <fstream>
#include <set>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace nunatak;
using namespace nunatak::exchange;
using namespace nunatak::tests;

namespace {

namespace fs = std::filesystem;

outlines::Outline someGlacier() {
    outlines::Outline outline;
    outline.uuid = "1b4e28ba-2fa1-4d2a-883f-0016d3cca427";
    outline.geometry = {rectangle(600000, 5200000, 601000, 5202000)};
    outline.geometry[0].holes.push_back(
        {{600400, 5200400}, {600400, 5200600}, {600600, 5200600}, {600600, 5200400}});
    outline.name = "Gepatschferner Ötztal";
    outline.srcDate = "2020-08-20";
    outline.sceneId = "6fa459ea-ee8a-4ca4-894e-db77e160355e";
    outline.sensor = "Landsat 8 OLI";
    outline.model = "starter v1";
    outline.modelFingerprint = std::string(64, 'a');
    outline.run = "16fd2706-8baf-433b-82eb-8c7fada847da";
    outline.threshold = 0.5;
    outline.review = outlines::Review::Doubtful;
    outline.reviewRecord = {"Bernhard Studer", "2026-11-30T07:40:00Z", "Zunge unter Schutt, \"unklar\"",
                            true};
    outline.analyst = "Anna Übel";
    outline.origin = outlines::Origin::Machine;
    outline.isChanged = true;
    outline.attributes = {{"rgi_id", "RGI2000-v7.0-G-11-00001"},
                          {"surge_type", "0"},
                          {"a_very_long_attribute_1", "one"},
                          {"a_very_long_attribute_2", "two"},
                          {"zmax_m", "3500"}};
    outline.describedShape = 1; // another one: the outline was edited since zmax_m was written
    return outline;
}

std::set<std::string> filesIn(const QTemporaryDir& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder.path().toStdString())) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

/// What GDAL says of a written file.
struct Opened {
    explicit Opened(const fs::path& file)
        : dataset(
              static_cast<GDALDataset*>(GDALOpenEx(file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr))),
          layer(dataset ? dataset->GetLayer(0) : nullptr) {}
    std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset;
    OGRLayer* layer;
};

/// No file may grow beyond a size: what a full disk does to a program, without one.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) : m_handler(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_handler);
    }

private:
    void (*m_handler)(int);
    rlimit m_before{};
};

} // namespace

class OutlineWritingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsWrittenIsReadBack_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("shapefile") << "out.shp";
        QTest::newRow("geopackage") << "out.gpkg";
        QTest::newRow("geojson") << "out.geojson";
        QTest::newRow("capitals") << "OUT.SHP";
        QTest::newRow("flatgeobuf") << "out.fgb";
        QTest::newRow("kml") << "out.kml";
    }
    void whatIsWrittenIsReadBack() {
        QFETCH(QString, name);
        const QTemporaryDir folder;
        const fs::path file = folder.filePath(name).toStdString();
        const auto glacier = someGlacier();
        writeOutlines({glacier}, utm32(), file);
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines.size(), std::size_t(1));
        const auto& back = read.outlines[0];
        QCOMPARE(back.uuid, glacier.uuid);
        QCOMPARE(back.name, glacier.name);
        QCOMPARE(back.srcDate, glacier.srcDate);
        QCOMPARE(back.sceneId, glacier.sceneId);
        QCOMPARE(back.sensor, glacier.sensor);
        QCOMPARE(back.model, glacier.model);
        QCOMPARE(back.modelFingerprint, glacier.modelFingerprint);
        QCOMPARE(back.run, glacier.run);
        QCOMPARE(back.threshold, glacier.threshold);
        QVERIFY(back.review == glacier.review);
        QVERIFY(back.reviewRecord == glacier.reviewRecord);
        QCOMPARE(back.analyst, glacier.analyst);
        QVERIFY(back.origin == glacier.origin);
        QVERIFY(back.isChanged);
        QCOMPARE(back.attributes.at("rgi_id").text(), glacier.attributes.at("rgi_id").text());
        QCOMPARE(back.attributes.at("surge_type").text(), std::string("0"));
        std::set<std::string> values;
        for (const auto& [key, value] : back.attributes) {
            values.insert(value.text());
        }
        QVERIFY(values.contains("one") && values.contains("two"));
        QVERIFY2(!back.attributes.contains("zmax_m"), "an elevation of a shape that has been edited since");
        QCOMPARE(back.geometry.size(), std::size_t(1));
        QCOMPARE(back.geometry[0].holes.size(), std::size_t(1));
        QVERIFY(std::abs(geo::planarArea(back.geometry) - 1960000) < 0.5);
        QVERIFY(geo::invalidReason(back.geometry).empty());
    }

    void theShapefileHasTheNamesOfTheRgiAndSaysItsEncodingAndSystem() {
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("out.shp").toStdString();
        writeOutlines({someGlacier()}, utm32(), file);
        QCOMPARE(filesIn(folder),
                 (std::set<std::string>{"out.shp", "out.shx", "out.dbf", "out.prj", "out.cpg"}));
        QFile encoding(folder.filePath("out.cpg"));
        QVERIFY(encoding.open(QFile::ReadOnly));
        QCOMPARE(encoding.readAll().trimmed(), QByteArray("UTF-8"));
        const Opened opened(file);
        QVERIFY(opened.layer != nullptr);
        for (const char* name :
             {"rgi_id", "glac_name", "src_date", "cenlon", "cenlat", "utm_zone", "area_km2", "uuid"}) {
            QVERIFY2(opened.layer->GetLayerDefn()->GetFieldIndex(name) >= 0, name);
        }
        const OGRFeatureUniquePtr feature(opened.layer->GetNextFeature());
        QVERIFY(std::abs(feature->GetFieldAsDouble("area_km2") - 1.96) < 0.003);
        QVERIFY(std::abs(feature->GetFieldAsDouble("cenlon") - 10.32) < 0.02);
        QVERIFY(std::abs(feature->GetFieldAsDouble("cenlat") - 46.95) < 0.03);
        QCOMPARE(feature->GetFieldAsInteger("utm_zone"), 32);
        QVERIFY(feature->GetGeometryRef()->IsValid());
        QVERIFY(opened.layer->GetSpatialRef()->IsProjected());
    }

    void whatNobodyKnowsOfAnOutlinesOriginIsNotSaid() {
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("out.gpkg").toStdString();
        auto plain = someGlacier();
        plain.origin = outlines::Origin::Unknown;
        plain.isChanged = false;
        plain.analyst.clear();
        plain.attributes["analyst"] = "Bob, in the file that was imported";
        writeOutlines({plain}, utm32(), file);
        const Opened opened(file);
        const OGRFeatureUniquePtr feature(opened.layer->GetNextFeature());
        for (const char* name : {"analyst", "origin", "changed"}) {
            QVERIFY2(feature->IsFieldNull(feature->GetFieldIndex(name)), name);
        }
        QCOMPARE(std::string(feature->GetFieldAsString("analyst_1")), plain.attributes["analyst"].text());
    }

    void anyNameOfAFileIsALayersName() {
        const QTemporaryDir folder;
        for (const char* name :
             {"-x.gpkg", "(2003) ice.gpkg", "...gpkg", "@.gpkg", "a?b.gpkg", "+.geojson"}) {
            const fs::path file = folder.filePath(name).toStdString();
            writeOutlines({someGlacier()}, utm32(), file);
            QCOMPARE(readOutlines(file, utm32()).outlines.size(), std::size_t(1));
        }
    }

    void geoJsonIsInLongitudeAndLatitudeWithRingsByTheRightHandRule() {
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("out.geojson").toStdString();
        writeOutlines({someGlacier()}, utm32(), file);
        const Opened opened(file);
        const OGRFeatureUniquePtr feature(opened.layer->GetNextFeature());
        OGREnvelope envelope;
        feature->GetGeometryRef()->getEnvelope(&envelope);
        QVERIFY(envelope.MinX > 10.3 && envelope.MaxX < 10.35);
        QVERIFY(envelope.MinY > 46.9 && envelope.MaxY < 47.0);
        const auto* geometry = feature->GetGeometryRef();
        const auto* polygon = wkbFlatten(geometry->getGeometryType()) == wkbPolygon
                                  ? geometry->toPolygon()
                                  : geometry->toMultiPolygon()->getGeometryRef(0);
        QVERIFY(!polygon->getExteriorRing()->isClockwise());
        QVERIFY(polygon->getInteriorRing(0)->isClockwise());
    }

    void crossingLinesAreWrittenAsAValidPolygon() {
        const QTemporaryDir folder;
        auto glacier = someGlacier();
        glacier.geometry = {
            {{{600000, 5200000}, {601000, 5201000}, {601000, 5200000}, {600000, 5201000}}, {}}};
        const fs::path file = folder.filePath("out.gpkg").toStdString();
        writeOutlines({glacier}, utm32(), file);
        const Opened opened(file);
        const OGRFeatureUniquePtr feature(opened.layer->GetNextFeature());
        QVERIFY(feature->GetGeometryRef()->IsValid());
    }

    void anOutlineWithoutAreaIsRefusedAndNothingIsWritten() {
        const QTemporaryDir folder;
        auto flat = someGlacier();
        flat.geometry = {{{{600000, 5200000}, {601000, 5201000}, {600500, 5200500}}, {}}};
        const auto message = errorOf([&] {
            writeOutlines({someGlacier(), flat}, utm32(), folder.filePath("out.shp").toStdString());
        });
        QVERIFY2(message.find("no area") != std::string::npos, message.c_str());
        QVERIFY(filesIn(folder).empty());
    }

    void anUnknownEndingIsRefusedWithTheKnownOnes() {
        const QTemporaryDir folder;
        const auto message = errorOf(
            [&] { writeOutlines({someGlacier()}, utm32(), folder.filePath("out.dxf").toStdString()); });
        QVERIFY2(message.find(".gpkg") != std::string::npos, message.c_str());
        const auto nowhere = errorOf(
            [&] { writeOutlines({someGlacier()}, utm32(), folder.filePath("none/out.shp").toStdString()); });
        QVERIFY2(nowhere.find("does not exist") != std::string::npos, nowhere.c_str());
    }

    void anOldShapefileIsReplacedWithItsIndexes() {
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("out.shp").toStdString();
        writeOutlines({someGlacier(), someGlacier()}, utm32(), file);
        writeText(folder.filePath("out.qix").toStdString(), "a spatial index of two glaciers");
        writeText(folder.filePath("out.txt").toStdString(), "somebody's notes");
        writeOutlines({someGlacier()}, utm32(), file);
        QCOMPARE(readOutlines(file, utm32()).outlines.size(), std::size_t(1));
        const auto files = filesIn(folder);
        QVERIFY(!files.contains("out.qix"));
        QVERIFY(files.contains("out.txt"));
        QCOMPARE(files.size(), std::size_t(6));
    }

    void whatAnExportWouldTakeAwayIsKnownBefore() {
        const QTemporaryDir folder;
        const auto path = [&](const char* name) { return fs::path(folder.filePath(name).toStdString()); };
        const fs::path file = path("before.shp");
        QVERIFY(othersInTheWay(file).empty());
        std::ofstream(path("before.dbf")) << "a table of somebody";
        QCOMPARE(othersInTheWay(file), std::vector<fs::path>{path("before.dbf")});
        fs::remove(path("before.dbf"));
        writeOutlines({someGlacier()}, utm32(), file);
        if (!isOwn(file, "export")) {
            QSKIP("this file system keeps no extended attributes");
        }
        QVERIFY(othersInTheWay(file).empty()); // its own
        std::ofstream(path("before.prj"), std::ios::app) << " ";
        QCOMPARE(othersInTheWay(file), std::vector<fs::path>{path("before.prj")});
    }

    void aFullDiskKeepsWhatWasThere_data() { whatIsWrittenIsReadBack_data(); }
    void aFullDiskKeepsWhatWasThere() {
        QFETCH(QString, name);
        const QTemporaryDir folder;
        const fs::path file = folder.filePath(name).toStdString();
        writeOutlines({someGlacier()}, utm32(), file);
        const auto before = filesIn(folder);
        std::vector<outlines::Outline> many(3000, someGlacier());
        std::string message;
        {
            const FullDisk full(40000);
            message = errorOf([&] { writeOutlines(many, utm32(), file); });
        }
        QVERIFY2(message.find("could not be written") != std::string::npos, message.c_str());
        QCOMPARE(filesIn(folder), before);
        QCOMPARE(readOutlines(file, utm32()).outlines.size(), std::size_t(1));
    }

    void aGeoPackageWithOtherLayersIsNotOverwritten() {
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("project.gpkg").toStdString();
        writeOutlines({someGlacier()}, utm32(), file);
        {
            const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(static_cast<GDALDataset*>(
                GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_UPDATE, nullptr, nullptr, nullptr)));
            QVERIFY(dataset->CreateLayer("history", nullptr, wkbNone) != nullptr);
        }
        const auto message = errorOf([&] { writeOutlines({someGlacier()}, utm32(), file); });
        QVERIFY2(message.find("other layers") != std::string::npos, message.c_str());
        QCOMPARE(Opened(file).dataset->GetLayerCount(), 2);
    }

    void aPipeInTheFilesPlaceIsRefusedAndNotWaitedFor() {
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("pipe.gpkg").toStdString();
        QCOMPARE(::mkfifo(file.c_str(), 0600), 0);
        const auto message = errorOf([&] { writeOutlines({someGlacier()}, utm32(), file); });
        QVERIFY2(message.find("is a device and no file") != std::string::npos, message.c_str());
    }

    void cancellingLeavesWhatWasThere() {
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("out.gpkg").toStdString();
        writeOutlines({someGlacier()}, utm32(), file);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            writeOutlines({someGlacier(), someGlacier()}, utm32(), file, {{}, stop.get_token()}), Cancelled);
        QCOMPARE(filesIn(folder), (std::set<std::string>{"out.gpkg"}));
        QCOMPARE(readOutlines(file, utm32()).outlines.size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(OutlineWritingTest)
#include "outline_writing_test.moc"
