// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange_fixtures.h"
#include "geo/shape_operations.h"
#include "raster/raster_reader.h"
#include "support/shared_data.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <set>

#include <sys/stat.h>

using namespace nunatak;
using namespace nunatak::exchange;
using namespace nunatak::tests;

namespace {

const std::string square = "[[[9,47],[9.01,47],[9.01,47.01],[9,47.01],[9,47]]]";

/// A GeoPackage with a layer of points, an empty layer of polygons and one with a square of 100 m.
void writeSeveralLayers(const std::filesystem::path& file, bool withCrs) {
    raster::initialiseGdal();
    auto* driver = GetGDALDriverManager()->GetDriverByName("GPKG");
    const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(
        driver->Create(file.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
    OGRSpatialReference reference;
    reference.importFromEPSG(32632);
    auto* points = dataset->CreateLayer("camps", &reference, wkbPoint);
    OGRFeature camp(points->GetLayerDefn());
    const OGRPoint point(500000, 5200000);
    camp.SetGeometry(&point);
    QVERIFY(points->CreateFeature(&camp) == OGRERR_NONE);
    dataset->CreateLayer("empty", &reference, wkbPolygon);
    auto* glaciers = dataset->CreateLayer("glaciers", withCrs ? &reference : nullptr, wkbPolygon);
    OGRFeature glacier(glaciers->GetLayerDefn());
    OGRGeometry* shape = nullptr;
    OGRGeometryFactory::createFromWkt("POLYGON((0 0,100 0,100 100,0 100,0 0))", nullptr, &shape);
    glacier.SetGeometryDirectly(shape);
    QVERIFY(glaciers->CreateFeature(&glacier) == OGRERR_NONE);
}

} // namespace

class OutlineReadingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPipeIsNotWaitedFor() {
        const QTemporaryDir folder;
        const std::string pipe = folder.filePath("pipe.gpkg").toStdString();
        QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
        try {
            readOutlines(pipe, utm32());
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("is a pipe or a device") != std::string::npos,
                     error.what());
        }
    }

    void aReviewIsUnderstoodAndOtherWordsInItsPlaceAreKept() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("in.geojson").toStdString();
        const std::string ring = "[[[8,46],[8.1,46],[8.1,46.1],[8,46]]]";
        writeGeoJson(file, polygonFeature(R"({"Review":"Accepted"})", ring) + "," +
                               polygonFeature(R"({"review":"ask Anna"})", ring) + "," +
                               polygonFeature(R"({"review":null})", ring));
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines.size(), std::size_t(3));
        QVERIFY(read.outlines[0].review == outlines::Review::Accepted);
        QVERIFY(read.outlines[1].review == outlines::Review::NotReviewed);
        QCOMPARE(read.outlines[1].attributes.at("review").text(), std::string("ask Anna"));
        QVERIFY(read.outlines[2].review == outlines::Review::NotReviewed);
    }

    void numbersThatTheReaderCutsAndBytesAreTold() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("in.geojson").toStdString();
        const std::string ring = "[[[8,46],[8.1,46],[8.1,46.1],[8,46]]]";
        const auto allNotes = [](const ReadOutlines& read) {
            std::string text;
            for (const auto& note : read.notes) {
                text += note + "\n";
            }
            return text;
        };
        writeGeoJson(file, polygonFeature(R"({"key":12345678901234567890,"n":9223372036854775806})", ring));
        const std::string notes = allNotes(readOutlines(file, utm32()));
        QVERIFY2(notes.find("more than 64 bits came in as the nearest that does not (key)") !=
                     std::string::npos,
                 notes.c_str());
        const std::filesystem::path bytes = folder.filePath("bytes.gpkg").toStdString();
        {
            raster::initialiseGdal();
            const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(
                GetGDALDriverManager()->GetDriverByName("GPKG")->Create(bytes.c_str(), 0, 0, 0, GDT_Unknown,
                                                                        nullptr));
            OGRSpatialReference reference;
            reference.importFromEPSG(32632);
            auto* layer = dataset->CreateLayer("glaciers", &reference, wkbPolygon);
            OGRFieldDefn field("photo", OFTBinary);
            QVERIFY(layer->CreateField(&field) == OGRERR_NONE);
            OGRFeature glacier(layer->GetLayerDefn());
            glacier.SetField(0, 2, "\x01\xFF");
            OGRGeometry* shape = nullptr;
            OGRGeometryFactory::createFromWkt("POLYGON((0 0,100 0,100 100,0 100,0 0))", nullptr, &shape);
            glacier.SetGeometryDirectly(shape);
            QVERIFY(layer->CreateFeature(&glacier) == OGRERR_NONE);
        }
        const auto read = readOutlines(bytes, utm32());
        QCOMPARE(read.outlines.at(0).attributes.at("photo").text(), std::string("01FF"));
        const std::string told = allNotes(read);
        QVERIFY2(told.find("hexadecimal text: photo.") != std::string::npos, told.c_str());
    }

    void longitudeAndLatitudeArriveAsEastingAndNorthing() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("glaciers.geojson").toStdString();
        writeGeoJson(file, polygonFeature("{}", square));
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines.size(), std::size_t(1));
        const auto extent = geo::extentOf(read.outlines[0].geometry);
        // 9° E is the central meridian of zone 32.
        QVERIFY(std::abs(extent.xmin - 500000) < 1);
        QVERIFY(extent.ymin > 5.2e6 && extent.ymin < 5.21e6);
        QCOMPARE(read.repaired, 0);
        QCOMPARE(read.skipped, 0);
    }

    void namesDatesAndIdsOfRgiSixAndSevenAreUnderstood() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("rgi.geojson").toStdString();
        writeGeoJson(
            file, polygonFeature(R"({"RGIId":"RGI60-11.00897","Name":"Hintereisferner","BgnDate":"20030730",
                                              "Zmax":3694,"Connect":2})",
                                 square) +
                      "," +
                      polygonFeature(R"({"rgi_id":"RGI2000-v7.0-G-11-03116","glac_name":"Kesselwandferner",
                                                  "src_date":"2003-07-30T00:00:00"})",
                                     square));
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines.size(), std::size_t(2));
        const auto& six = read.outlines[0];
        QCOMPARE(six.name, std::string("Hintereisferner"));
        QCOMPARE(six.srcDate, std::string("2003-07-30"));
        QCOMPARE(six.attributes.at("rgi_id").text(), std::string("RGI60-11.00897"));
        QCOMPARE(six.attributes.at("Zmax").text(), std::string("3694"));
        QCOMPARE(six.attributes.at("Connect").text(), std::string("2"));
        QCOMPARE(read.outlines[1].name, std::string("Kesselwandferner"));
        QCOMPARE(read.outlines[1].srcDate, std::string("2003-07-30"));
        QVERIFY(six.uuid != read.outlines[1].uuid);
    }

    void theOnlyLayerThatHasPolygonsIsReadAndThePointsAreNamed() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("several.gpkg").toStdString();
        writeSeveralLayers(file, true);
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines.size(), std::size_t(1));
        QCOMPARE(geo::planarArea(read.outlines[0].geometry), 10000.0);
        QVERIFY2(hasNote(read, "camps (points)"), qPrintable(notesOf(read)));
    }

    void aFileWithoutCoordinateSystemIsRefusedWithTheWayToGiveItOne() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("several.gpkg").toStdString();
        writeSeveralLayers(file, false);
        const auto message = errorOf([&] { readOutlines(file, utm32()); });
        QVERIFY2(message.find("no coordinate system") != std::string::npos, message.c_str());
        QVERIFY2(message.find("--source-crs") != std::string::npos, message.c_str());
        QVERIFY2(message.find("several.gpkg") != std::string::npos, message.c_str());
    }

    void aFileWithoutPolygonsIsRefused() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("points.geojson").toStdString();
        writeGeoJson(
            file, R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[9,47]}})");
        const auto message = errorOf([&] { readOutlines(file, utm32()); });
        QVERIFY2(message.find("no polygons") != std::string::npos, message.c_str());
    }

    void aMissingFileAndOneThatIsNoVectorFileAreNamed() {
        const QTemporaryDir folder;
        const std::filesystem::path missing = folder.filePath("nowhere.shp").toStdString();
        const auto message = errorOf([&] { readOutlines(missing, utm32()); });
        QVERIFY2(message.find("nowhere.shp does not exist") != std::string::npos, message.c_str());
        const std::filesystem::path text = folder.filePath("notes.shp").toStdString();
        writeText(text, "not a shapefile");
        const auto refused = errorOf([&] { readOutlines(text, utm32()); });
        QVERIFY2(refused.find("notes.shp") != std::string::npos, refused.c_str());
    }

    void aTruncatedGeoPackageIsRefused() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("several.gpkg").toStdString();
        writeSeveralLayers(file, true);
        std::filesystem::resize_file(file, 20000);
        const auto message = errorOf([&] { readOutlines(file, utm32()); });
        QVERIFY2(message.find("several.gpkg") != std::string::npos, message.c_str());
    }

    void crossingLinesAreRepairedAndCountedAndWhatIsNoPolygonIsSkipped() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("mixed.geojson").toStdString();
        writeGeoJson(
            file, polygonFeature("{}", square) + "," +
                      polygonFeature("{}", "[[[9,47],[9.01,47.01],[9.01,47],[9,47.01],[9,47]]]") + "," +
                      R"({"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[9,47]}})"
                      R"(,{"type":"Feature","properties":{},"geometry":null})");
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines.size(), std::size_t(2));
        QCOMPARE(read.repaired, 1);
        QCOMPARE(read.skipped, 2);
        QVERIFY(geo::invalidReason(read.outlines[1].geometry).empty());
    }

    void holesStayHoles() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("nunatak.geojson").toStdString();
        writeGeoJson(file, polygonFeature(
                               "{}", "[[[9,47],[9.1,47],[9.1,47.1],[9,47.1],[9,47]],"
                                     "[[9.04,47.04],[9.04,47.06],[9.06,47.06],[9.06,47.04],[9.04,47.04]]]"));
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines[0].geometry[0].holes.size(), std::size_t(1));
    }

    void twoFeaturesOfOneUuidGetTwo() {
        const QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("twins.geojson").toStdString();
        const std::string uuid = R"({"uuid":"8D8AC610-566D-4EF0-9C22-186B2A5ED793"})";
        writeGeoJson(file, polygonFeature(uuid, square) + "," + polygonFeature(uuid, square));
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines[0].uuid, std::string("8d8ac610-566d-4ef0-9c22-186b2a5ed793"));
        QVERIFY(read.outlines[1].uuid != read.outlines[0].uuid);
    }

    void theOutlinesOfEverestLieWhereTheSceneIs() {
        NUNATAK_NEEDS_SHARED("data/everest/rgi60_outlines.gpkg");
        const auto read = readOutlines(sharedFile("data/everest/rgi60_outlines.gpkg"),
                                       geo::Crs::fromUserInput("EPSG:32645"));
        QCOMPARE(read.outlines.size(), std::size_t(86));
        geo::Extent all;
        std::set<std::string> uuids;
        int of2000 = 0;
        for (const auto& outline : read.outlines) {
            all.include(geo::extentOf(outline.geometry));
            uuids.insert(outline.uuid);
            of2000 += outline.srcDate == "2000-10-30" ? 1 : 0;
            QVERIFY(outline.attributes.at("rgi_id").text().starts_with("RGI60-15."));
        }
        QCOMPARE(uuids.size(), read.outlines.size());
        QCOMPARE(of2000, 10);
        // Mount Everest: 86.925° E, 27.988° N.
        QVERIFY(all.contains({492620, 3095900}));
        QVERIFY(all.width() < 100000 && all.height() < 100000);
    }

    void aShapefileOfTheRgiIsRead() {
        NUNATAK_NEEDS_SHARED("data/rgi7_hintereisferner/rgi7g_hef.shp");
        const auto read = readOutlines(sharedFile("data/rgi7_hintereisferner/rgi7g_hef.shp"), utm32());
        QCOMPARE(read.outlines.size(), std::size_t(1));
        const auto& glacier = read.outlines[0];
        QCOMPARE(glacier.name, std::string("Hintereisferner"));
        QCOMPARE(glacier.srcDate, std::string("2003-07-30"));
        // The file's own area_km2.
        QVERIFY(std::abs(geo::geodesicArea(glacier.geometry, utm32()) / 1e6 - 8.0362) < 0.001);
    }
};

QTEST_GUILESS_MAIN(OutlineReadingTest)
#include "outline_reading_test.moc"
