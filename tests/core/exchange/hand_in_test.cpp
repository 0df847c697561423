// SPDX-License-Identifier: GPL-3.0-or-later
// What whoever gets an inventory has to be able to rely on, whatever place, inventory or disk it comes from.
#include "exchange/export_layer.h"
#include "exchange/glims_transfer.h"
#include "exchange/written_shapes.h"
#include "export_fixtures.h"
#include "geo/shape_operations.h"
#include "support/full_disk.h"
#include "vector_fixtures.h"

#include <cmath>
#include <fstream>
#include <set>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::exchange;
namespace fs = std::filesystem;

namespace {

geo::Crs degrees() {
    return geo::Crs::fromUserInput("EPSG:4326");
}

/// Around the 180th meridian, with a rock that crosses it as well.
geo::MultiPolygon acrossTheMeridian() {
    geo::MultiPolygon shape{rectangle(179.9, -70.1, 180.1, -70)};
    shape[0].holes.push_back({{179.98, -70.06}, {179.98, -70.04}, {180.02, -70.04}, {180.02, -70.06}});
    return shape;
}

/// Around the south pole, in EPSG:3031.
geo::MultiPolygon aroundThePole() {
    return {rectangle(-1e5, -1e5, 2e5, 1e5)};
}

geo::Extent extentOfFile(const fs::path& file) {
    raster::initialiseGdal();
    const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(
        static_cast<GDALDataset*>(GDALOpenEx(file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)));
    OGREnvelope box;
    const bool isKnown = dataset->GetLayer(0)->GetExtent(&box, TRUE) == OGRERR_NONE;
    return isKnown ? geo::Extent{box.MinX, box.MinY, box.MaxX, box.MaxY} : geo::Extent{};
}

std::string valueOf(const outlines::Outline& outline, const char* name) {
    const auto found = outline.attributes.find(name);
    return found == outline.attributes.end() ? "none" : found->second.text();
}

/// As RGI 6 has it, of this very shape.
outlines::Outline ofRgi6(outlines::Attributes attributes) {
    attributes["rgi_id"] = "RGI60-11.00897";
    auto made = glacier("a", square(0), std::move(attributes));
    made.describedShape = geo::fingerprint(made.geometry);
    return made;
}

MeasureSurface nowhere() {
    return [](const geo::MultiPolygon&, double, int) {
        return outlines::MeasuredSurface{std::nullopt, "the elevation model does not reach there"};
    };
}

} // namespace

class HandInTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsInLongitudeAndLatitudeIsCutAtTheMeridianIn_data() {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("crs");
        QTest::newRow("plain") << "plain"
                               << "EPSG:4326";
        QTest::newRow("RGI") << "rgi7-c"
                             << "";
        QTest::newRow("GLIMS") << "glims"
                               << "";
        QTest::newRow("another datum") << "plain"
                                       << "EPSG:4258";
    }
    void whatIsInLongitudeAndLatitudeIsCutAtTheMeridianIn() {
        QFETCH(QString, schema);
        QFETCH(QString, crs);
        auto chosen = options(schema.toStdString());
        chosen.crs = crs.isEmpty() ? geo::Crs() : geo::Crs::fromUserInput(crs.toStdString());
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("out.shp").toStdString();
        const std::vector one{glacier("a", acrossTheMeridian())};
        writeOutlines(pointersTo(one), degrees(), file, chosen);
        const fs::path written = schema == "glims" ? glimsFiles(file)[2] : file;
        const auto extent = extentOfFile(written);
        QVERIFY2(extent.xmin >= -180 && extent.xmax <= 180 && extent.width() > 359,
                 qPrintable(QString("%1 to %2").arg(extent.xmin).arg(extent.xmax)));
        if (schema == "glims" || schema == "plain") { // the parts come back as one, with the rock
            const auto back = readOutlines(written, degrees()).outlines;
            QCOMPARE(back.size(), std::size_t(1));
            QCOMPARE(back[0].geometry.size(), std::size_t(1));
            QVERIFY(std::abs(geo::planarArea(back[0].geometry) - (0.2 * 0.1 - 0.04 * 0.02)) < 1e-9);
        }
        if (schema == "glims") {
            QVERIFY(std::abs(std::abs(extentOfFile(glimsFiles(file)[0]).center().x) - 180) <
                    0.2); // no mean of both
        }
    }

    void whatGoesAroundAPoleIsRefusedInDegreesAndNamedWithTheWayOut() {
        const std::vector one{glacier("polar", aroundThePole())};
        const auto polar = geo::Crs::fromUserInput("EPSG:3031");
        const QTemporaryDir folder;
        for (const char* schema : {"rgi7-g", "glims"}) {
            const auto message = errorOf([&] {
                previewOutlines(pointersTo(one), polar, folder.filePath("out.shp").toStdString(),
                                options(schema));
            });
            QVERIFY2(message.find("polar goes around a pole") != std::string::npos, message.c_str());
        }
        auto chosen = options("rgi7-g");
        chosen.crs = polar;
        chosen.surface = everywhere();
        const fs::path file = folder.filePath("out.gpkg").toStdString();
        const auto written = writeOutlines(pointersTo(one), polar, file, chosen);
        QVERIFY(isTold(written.notes, "goes around a pole, where no UTM zone is"));
        QVERIFY(std::abs(geo::planarArea(readOutlines(file, polar).outlines[0].geometry) - 6e10) < 1);
    }

    void iceWithinARockIsNoBoundaryOfGlims() {
        auto shape = square(0);
        shape[0].holes.push_back(
            {{600200, 5200200}, {600200, 5200800}, {600800, 5200800}, {600800, 5200200}});
        shape.push_back(rectangle(600400, 5200400, 600600, 5200600));
        const Exported exported({glacier("a", shape)}, options("glims"));
        const auto back =
            readOutlines(exported.folder.filePath("out_segments.shp").toStdString(), utm32()).outlines;
        QCOMPARE(back.size(), std::size_t(1));
        QVERIFY(std::abs(geo::planarArea(back[0].geometry) - geo::planarArea(shape)) < 1);
    }

    void aSceneIsNamedAsADataCentreFindsItAgain() {
        auto drawn = glacier("a", square(0));
        drawn.sceneId = "6fa459ea-ee8a-4ca4-894e-db77e160355e";
        auto lost = glacier("b", square(3));
        lost.sceneId = "0b4e28ba-2fa1-4d2a-883f-0016d3cca427";
        auto chosen = options("rgi7-g");
        chosen.images = {{drawn.sceneId,
                          "Hintereis in August",
                          "LC08_L1TP_193027_20200820_20200905_02_T1",
                          "Landsat 8 OLI",
                          "2020-08-20T10:05:32Z",
                          {rectangle(10, 46, 11, 47)}}};
        const Exported exported({drawn, lost}, chosen);
        const auto table = exported.text("out-provenance.csv");
        QVERIFY2(
            table.find("Hintereis in August,LC08_L1TP_193027_20200820_20200905_02_T1,2020-08-20T10:05:32Z,"
                       "Landsat 8 OLI,6fa459ea") != std::string::npos,
            table.c_str());
        const auto readme = exported.text("out-README.md");
        QVERIFY2(
            readme.find("LC08_L1TP_193027_20200820_20200905_02_T1 (scene Hintereis in August, Landsat 8 OLI, "
                        "2020-08-20T10:05:32Z): one outline") != std::string::npos,
            readme.c_str());
        QVERIFY(readme.find("6fa459ea") == std::string::npos);
        QVERIFY(readme.find("none of the project's any more") != std::string::npos);
    }

    void aComplexSaysOfWhichGlaciersItIsAndWhereTheyComeFrom() {
        auto predicted = glacier("west", square(0));
        predicted.model = "starter 1";
        predicted.name = "West Glacier";
        predicted.attributes["zmean_m"] = 3000.0;
        predicted.review = outlines::Review::Accepted;
        const Exported exported({predicted, glacier("east", square(1))}, options("rgi7-c"));
        QVERIFY(isTold(exported.written.notes, "has no column for it: glac_name, src_date and zmean_m"));
        const auto table = exported.text("out-provenance.csv");
        for (const char* words :
             {"NEW2003-v7.0-C-00-00001,west,", "NEW2003-v7.0-C-00-00001,east,", "starter 1"}) {
            QVERIFY2(table.find(words) != std::string::npos, table.c_str());
        }
        const auto readme = exported.text("out-README.md");
        QVERIFY2(readme.find("- accepted: one outline") != std::string::npos, readme.c_str());
    }

    void aComplexIsAsLargeInDegreesAsInMetres() {
        const std::vector one{glacier("a", {rectangle(10.75, 46.8, 10.76, 46.81)})}; // 0.8 km²
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("out.shp").toStdString();
        QCOMPARE(writeOutlines(pointersTo(one), degrees(), file, options("rgi7-c")).count, std::size_t(1));
        const std::vector small{glacier("a", {rectangle(10.75, 46.8, 10.7501, 46.8001)})};
        QVERIFY(errorOf([&] {
                    writeOutlines(pointersTo(small), degrees(), file, options("rgi7-c"));
                }).find("None of the complexes has 0.01 km²") != std::string::npos);
    }

    void rgiSixHasTheHeightsSlopeAndAspectThatRgiSevenHas() {
        auto chosen = options("rgi6");
        chosen.surface = everywhere();
        const Exported exported({glacier("a", square(0))}, chosen);
        const auto read = exported.readBack()[0];
        QCOMPARE(valueOf(read, "Zmin"), std::string("2401")); // whole metres, and a tenth of a degree
        QCOMPARE(valueOf(read, "Zmed"), std::string("3000"));
        QCOMPARE(valueOf(read, "Slope"), std::string("18.3"));
        QCOMPARE(valueOf(read, "Aspect"), std::string("77"));
        QCOMPARE(valueOf(read, "Lmax"), std::string("8548"));
        QVERIFY(!isTold(exported.written.notes, "Without heights"));
        auto measured = glacier("a", square(0),
                                {{"slope_deg", 18.25},
                                 {"aspect_deg", 77.0},
                                 {"zmean_m", 3010.0},
                                 {"area_km2", 1.0},
                                 {"conn_lvl", 0}});
        measured.describedShape = geo::fingerprint(measured.geometry);
        const Exported passedOn({measured}, options("rgi6"));
        QCOMPARE(valueOf(passedOn.readBack()[0], "Slope"), std::string("18.3"));
        for (const char* written : {"slope_deg", "aspect_deg", "area_km2", "conn_lvl"}) {
            QVERIFY2(!isTold(passedOn.written.notes, written), written); // as Slope, Aspect, Area, Connect
        }
        QVERIFY(isTold(passedOn.written.notes, "zmean_m")); // for which there is no column
    }

    void whatRgiSixSaysOfTheSurfaceIsPassedOnAndItsMinusNinesAreNothing() {
        auto known = ofRgi6({{"Zmin", 2400},
                             {"Zmax", 3700},
                             {"Zmed", 3000},
                             {"Slope", 18.5},
                             {"Aspect", 77},
                             {"Lmax", 8000}});
        auto chosen = options("rgi7-g");
        chosen.surface = nowhere();
        const Exported exported({known}, chosen);
        const auto read = exported.readBack()[0];
        QCOMPARE(valueOf(read, "zmin_m"), std::string("2400"));
        QCOMPARE(valueOf(read, "slope_deg"), std::string("18.5"));
        QCOMPARE(valueOf(read, "aspect_deg"), std::string("77"));
        QCOMPARE(valueOf(read, "aspect_sec"), std::string("3"));
        QVERIFY(!isTold(exported.written.notes, "Without heights"));
        QVERIFY(isTold(exported.written.notes, "passed on as they were imported"));
        chosen = options("rgi6");
        chosen.surface = everywhere(); // nothing is measured anew that RGI 6 has measured
        QCOMPARE(valueOf(Exported({known}, chosen).readBack()[0], "Zmin"), std::string("2400"));
        const auto unknown = ofRgi6(
            {{"Zmin", -999}, {"Zmax", -999}, {"Zmed", -999}, {"Slope", -9.0}, {"Aspect", -9}, {"Lmax", -9}});
        const auto none = Exported({unknown}, options("rgi7-g")).readBack()[0];
        for (const char* name : {"zmin_m", "slope_deg", "aspect_deg"}) {
            QVERIFY2(none.attributes.at(name).isNull(), name);
        }
        QCOMPARE(valueOf(none, "aspect_sec"), std::string("9"));
        QCOMPARE(valueOf(none, "lmax_m"), std::string("-999"));
    }

    void aRegionThatIsNoneOfTheRgisIsRefused() {
        const std::vector one{glacier("a", square(0))};
        const QTemporaryDir folder;
        const auto refusal = [&](const char* first, const char* second) {
            auto chosen = options("rgi7-g");
            chosen.regions = {first, second};
            return errorOf([&] {
                previewOutlines(pointersTo(one), utm32(), folder.filePath("out.shp").toStdString(), chosen);
            });
        };
        QVERIFY(refusal("Alps", "").find("\"Alps\" is no first-order region") != std::string::npos);
        QVERIFY(refusal("21", "").find("1 to 20") != std::string::npos);
        QVERIFY(refusal("11", "x").find("no second-order region") != std::string::npos);
        QVERIFY(refusal("11", "12-01").find("none of the first-order region 11") != std::string::npos);
        QCOMPARE(refusal("11", "11-01"), std::string());
        auto chosen = options("rgi7-g");
        chosen.regions = {"", "11-01"}; // which says both
        const auto read = Exported(one, chosen).readBack()[0];
        QCOMPARE(valueOf(read, "o1region"), std::string("11"));
        QCOMPARE(valueOf(read, "o2region"), std::string("11-01"));
    }

    void aFullDiskIsToldInOneSentenceWithoutStatements_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"out.gpkg", "out.shp", "out.geojson", "out.kml", "out.fgb"}) {
            QTest::newRow(name) << name;
        }
    }
    void aFullDiskIsToldInOneSentenceWithoutStatements() {
        QFETCH(QString, name);
        std::vector<outlines::Outline> many;
        for (int i = 0; i < 3000; ++i) {
            many.push_back(glacier(outlines::makeUuid(), square(0), {{"remarks", std::string(200, 'x')}}));
        }
        const QTemporaryDir folder;
        std::string message;
        {
            const FullDisk full(60000);
            message = errorOf([&] { writeOutlines(many, utm32(), folder.filePath(name).toStdString()); });
        }
        QVERIFY2(message.find(name.toStdString() + " could not be written") == 0, message.c_str());
        QVERIFY2(message.find("make room") != std::string::npos, message.c_str());
        QVERIFY2(message.size() < 250 && message.find("INSERT") == std::string::npos, message.c_str());
        QVERIFY(QDir(folder.path()).isEmpty());
    }

    void theReadmeSaysHowFarTheOutlinesReach() {
        const Exported exported({glacier("a", square(0))}, options("rgi7-g"));
        const std::string readme = exported.text("out-README.md");
        const auto at = readme.find("between ");
        const std::string west = readme.substr(at + 8, 6);
        QVERIFY2(readme.substr(at).find(west + "° of longitude") == std::string::npos, readme.c_str());
        const auto both = [](std::vector<geo::Extent> extents) { return extentInDegrees(extents); };
        QCOMPARE(both({{10, 40, 11, 41}, {12, 42, 13, 43}}).xmax, 13.0);
        const geo::Extent across = both({{179, 1, 181, 2}, {-178, 1, -177, 2}, {170, 1, 171, 2}});
        QCOMPARE(across.xmin, 170.0);
        QCOMPARE(across.xmax, 183.0);
        QCOMPARE(both({{-180, 70, 180, 90}, {10, 60, 11, 61}}).width(), 360.0);
    }

    void whatALayerOfAFileHoldsWasImported() {
        auto chosen = options("rgi7-g");
        chosen.isOfFile = true;
        const Exported exported({glacier("a", square(0))}, chosen);
        QVERIFY(exported.text("out-README.md").find("Imported from elsewhere: one outline.") !=
                std::string::npos);
        QVERIFY(exported.text("out-provenance.csv").find(",imported,") != std::string::npos);
    }

    void theInventoryThatTheIdsAreOfIsCited() {
        const Exported fifth({glacier("a", square(0), {{"rgi_id", "RGI50-11.00746"}})}, options("rgi7-g"));
        const std::string readme = fifth.text("out-README.md");
        QVERIFY(readme.find("Version 5.0") != std::string::npos);
        QVERIFY(readme.find("Version 6.0") == std::string::npos);
    }

    void theReadmeOfATransferNamesItsFourFiles() {
        const Exported exported({glacier("a", square(0))}, options("glims"));
        const std::string readme = exported.text("out-README.md");
        QVERIFY(readme.find("`out_segments.shp`") != std::string::npos);
        QVERIFY(readme.find("`out.shp`") == std::string::npos);
        QVERIFY(isTold(exported.written.notes, "No image is named"));
    }

    void aReadmeThatSpeaksOfAnotherFileNowIsTold() {
        const Exported first({glacier("a", square(0))}, options("rgi7-g"), "out.gpkg");
        QVERIFY(!isTold(first.written.notes, "were those of"));
        const auto outlines = std::vector{glacier("a", square(0))};
        const auto second = writeOutlines(pointersTo(outlines), utm32(),
                                          fs::path(first.file).replace_extension(".shp"), options("rgi7-g"));
        QVERIFY(isTold(second.notes, "were those of out.gpkg and are those of out.shp now"));
    }

    void aPartLiesWhereTheIdSaysThatAnotherPartKeeps() {
        const auto both = geo::MultiPolygon{square(0)[0], rectangle(610000, 5200000, 610500, 5200500)};
        const Exported exported({glacier("a", both, {{"rgi_id", "RGI2000-v7.0-G-11-00001"}})},
                                options("rgi7-g"));
        const auto read = exported.readBack();
        QCOMPARE(read.size(), std::size_t(2));
        for (const auto& part : read) {
            QCOMPARE(valueOf(part, "o1region"), std::string("11"));
        }
        QCOMPARE(valueOf(read[1], "rgi_id"), std::string("NEW2003-v7.0-G-11-00001"));
    }

    void anIdThatALargerOneKeepsIsNamed() {
        const auto small = geo::MultiPolygon{rectangle(610000, 5200000, 610500, 5200500)};
        const Exported exported({glacier("a", square(0), {{"rgi_id", "RGI2000-v7.0-G-11-00001"}}),
                                 glacier("b", small, {{"rgi_id", "RGI2000-v7.0-G-11-00001"}})},
                                options("rgi7-g"));
        QVERIFY(isTold(exported.written.notes, "one outline lost it (RGI2000-v7.0-G-11-00001)"));
    }

    void aComplexThatCameAsOneStaysIt() {
        const Exported exported({glacier("a", square(0), {{"rgi_id", "RGI2000-v7.0-C-11-02192"}})},
                                options("rgi7-c"));
        QCOMPARE(valueOf(exported.readBack().front(), "rgi_id"), std::string("RGI2000-v7.0-C-11-02192"));
        QVERIFY(isTold(exported.written.notes, "One outline makes 1 complex."));
    }

    void aRegionThatIsNotKnownOrAnotherThanSaidIsTold() {
        const Exported unknown({glacier("a", square(0))}, options("rgi7-g"));
        QVERIFY(isTold(unknown.written.notes, "The RGI's region of one outline is not known"));
        auto chosen = options("rgi7-g");
        chosen.regions.second = "12-01";
        const Exported other({glacier("a", square(0), {{"rgi_id", "RGI2000-v7.0-G-11-00001"}})}, chosen);
        QVERIFY(isTold(other.written.notes, "The region is 12, as was asked for, also for one outline"));
    }

    void aSecondOrderRegionWithinAnotherFirstOneIsNotPutBehindTheOneThatWasAskedFor() {
        auto chosen = options("rgi7-g");
        chosen.regions.first = "5";
        for (const char* own : {"01", "11-01"}) {
            const Exported exported({glacier("a", square(0), {{"O1Region", "11"}, {"O2Region", own}})},
                                    chosen);
            QCOMPARE(valueOf(exported.readBack().front(), "o1region"), std::string("05"));
            QCOMPARE(valueOf(exported.readBack().front(), "o2region"), std::string());
        }
        chosen.regions.second = "05-12";
        const Exported both({glacier("a", square(0), {{"O1Region", "11"}, {"O2Region", "01"}})}, chosen);
        QCOMPARE(valueOf(both.readBack().front(), "o2region"), std::string("05-12"));
    }

    void regionsOfTheFormerInventoryHaveNoZeroBefore() {
        const Exported exported({glacier("a", square(0), {{"O1Region", "6"}, {"O2Region", "1"}})},
                                options("rgi6"));
        QCOMPARE(valueOf(exported.readBack().front(), "O1Region"), std::string("6"));
        QCOMPARE(valueOf(exported.readBack().front(), "O2Region"), std::string("1"));
    }

    void whatIsCutIntoPartsInASchemaOfSinglePolygonsIsTold() {
        QTemporaryDir folder;
        const std::vector outlines{glacier("a", acrossTheMeridian())};
        const auto written = writeOutlines(pointersTo(outlines), degrees(),
                                           folder.filePath("out.shp").toStdString(), options("rgi7-g"));
        QVERIFY(isTold(written.notes, "Cut at 180°"));
    }

    void whatGlimsCannotTakeIsRefused() {
        const auto refused = [](auto set) {
            auto chosen = options("glims");
            set(chosen.glims);
            return errorOf([&] { const Exported exported({glacier("a", square(0))}, chosen); });
        };
        QVERIFY(!refused([](auto& glims) { glims.localUncertainty = -5; }).empty());
        QVERIFY(!refused([](auto& glims) { glims.globalUncertainty = std::nan(""); }).empty());
        QVERIFY(!refused([](auto& glims) { glims.centre = "abc"; }).empty());
        QCOMPARE(refused([](auto& glims) { glims.localUncertainty = 10; }), std::string());
        auto chosen = options("glims");
        chosen.notes.authors = "Müller, Anna; Smith, Bob";
        const Exported exported({glacier("a", square(0))}, chosen);
        raster::initialiseGdal();
        const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> session(
            static_cast<GDALDataset*>(GDALOpenEx((exported.file.parent_path() / "out_session.shp").c_str(),
                                                 GDAL_OF_VECTOR, nullptr, nullptr, nullptr)));
        const OGRFeatureUniquePtr first{session->GetLayer(0)->GetNextFeature()};
        QCOMPARE(std::string(first->GetFieldAsString("submit_giv")), std::string("Anna"));
    }

    void whatWasImportedOverAPictureOfAnotherDayWasNotDrawnOnIt() {
        auto imported = glacier("a", square(0));
        imported.origin = outlines::Origin::Imported;
        imported.sceneId = "s";
        const SourceImage ofAnotherDay{"s", "Scene", "LC08_X", "OLI", "2020-08-20T10:00:00Z"};
        const SourceImage ofItsDay{"s", "Scene", "LC08_X", "OLI", "2003-07-30T10:00:00Z"};
        QVERIFY(!isDrawnOn(imported, ofAnotherDay));
        QVERIFY(isDrawnOn(imported, ofItsDay));
        auto changed = imported;
        changed.isChanged = true;
        QVERIFY(isDrawnOn(changed, ofAnotherDay));
        auto chosen = options("rgi7-g");
        chosen.images = {ofAnotherDay};
        const Exported exported({imported}, chosen);
        QVERIFY(exported.text("out-README.md").find("LC08_X") == std::string::npos);
        QVERIFY(exported.text("out-provenance.csv").find("LC08_X") == std::string::npos);
    }

    void regionsAreKnownByTheNamesThatGlimsHasForThem() {
        const Exported exported({glacier("a", square(0), {{"gtng_o1reg", "2"}, {"gtng_o2reg", "4"}})},
                                options("rgi7-g"));
        QCOMPARE(valueOf(exported.readBack().front(), "o2region"), std::string("02-04"));
    }

    void heightsAloneAreNoPlaceForOutlines() {
        auto chosen = options("plain");
        chosen.crs = geo::Crs::fromUserInput("EPSG:5703");
        const std::string why = errorOf([&] { const Exported exported({glacier("a", square(0))}, chosen); });
        QVERIFY2(why.find("no coordinate system of maps") != std::string::npos, why.c_str());
    }

    void aTimeOfDayThatIsLeftOutIsTold() {
        QTemporaryDir folder;
        const fs::path file = folder.filePath("t.geojson").toStdString();
        std::ofstream(file) << R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":
            {"src_date":"2015-09-09T18:42:13"},"geometry":{"type":"Polygon","coordinates":
            [[[10,46],[10.1,46],[10.1,46.1],[10,46]]]}}]})";
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines.front().srcDate, std::string("2015-09-09"));
        QVERIFY(isTold(read.notes, "has a time of day"));
    }

    void nothingOfSomebodyIsTakenFromBesideAnExport() {
        const std::vector one{glacier("a", square(0))};
        const QTemporaryDir folder;
        const auto path = [&](const char* name) { return fs::path(folder.filePath(name).toStdString()); };
        writeText(path("out_segments.shp"), "somebody's");
        writeText(path("out-README.md"), "somebody's");
        QCOMPARE(othersInTheWay(path("out.shp"), "glims"),
                 (std::vector<fs::path>{path("out_segments.shp"), path("out-README.md")}));
        QVERIFY(!errorOf([&] {
                     writeOutlines(pointersTo(one), utm32(), path("out.shp"), options("glims"));
                 }).empty());
        QVERIFY(!fs::exists(path("out_session.shp")));
        // GLIMS writes no out.shp, so that nobody's is in its way.
        fs::remove(path("out_segments.shp"));
        fs::remove(path("out-README.md"));
        writeText(path("out.shp"), "somebody's");
        writeOutlines(pointersTo(one), utm32(), path("out.shp"), options("glims"));
        QVERIFY(fs::exists(path("out_session.shp")));
        QFile kept(folder.filePath("out.shp"));
        QVERIFY(kept.open(QFile::ReadOnly));
        QCOMPARE(kept.readAll(), QByteArray("somebody's"));
    }
};

QTEST_GUILESS_MAIN(HandInTest)
#include "hand_in_test.moc"
