// SPDX-License-Identifier: GPL-3.0-or-later
// What goes into the schemas of inventories: RGI 7.0, RGI 6.0, GLIMS.
#include "exchange/export_table.h"
#include "exchange/glims_transfer.h"
#include "exchange/provenance.h"
#include "exchange/schema_shapes.h"
#include "export_fixtures.h"
#include "support/shared_data.h"
#include "vector_fixtures.h"

#include "geo/rings.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <set>

using namespace nunatak;
using namespace nunatak::tests;
using namespace nunatak::exchange;
namespace fs = std::filesystem;

namespace {

/// The fields of a file's first layer: name, type, width, precision.
QStringList fieldsOf(const fs::path& file) {
    raster::initialiseGdal();
    const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(
        static_cast<GDALDataset*>(GDALOpenEx(file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)));
    QStringList fields;
    if (!dataset) {
        return fields;
    }
    const auto* definition = dataset->GetLayer(0)->GetLayerDefn();
    for (int i = 0; i < definition->GetFieldCount(); ++i) {
        const auto* field = definition->GetFieldDefn(i);
        fields << QString("%1 %2 %3.%4")
                      .arg(field->GetNameRef())
                      .arg(OGRFieldDefn::GetFieldTypeName(field->GetType()))
                      .arg(field->GetWidth())
                      .arg(field->GetPrecision());
    }
    return fields;
}

const PreviewColumn& columnOf(const ExportPreview& preview, const std::string& name) {
    const auto found = std::find_if(preview.columns.begin(), preview.columns.end(),
                                    [&](const auto& column) { return column.name == name; });
    if (found == preview.columns.end()) {
        throw Error("no column " + name);
    }
    return *found;
}

std::set<std::pair<double, double>> verticesOf(const geo::MultiPolygon& shape) {
    std::set<std::pair<double, double>> vertices;
    geo::forEachVertex(shape,
                       [&](const geo::VertexId&, geo::Point point) { vertices.emplace(point.x, point.y); });
    return vertices;
}

} // namespace

class ExportSchemaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aNameThatIsTooLongForWhatLiesBesideItIsToldBeforeAnythingIsWritten() {
        const std::vector<outlines::Outline> outlines{glacier("a", square(0))};
        const QTemporaryDir folder;
        const auto refusal = [&](std::size_t letters, const char* schema) {
            const fs::path file =
                fs::path(folder.path().toStdString()) / (std::string(letters, 'a') + ".shp");
            try {
                writeOutlines(pointersTo(outlines), utm32(), file, options(schema));
            } catch (const Error& error) {
                return std::string(error.what());
            }
            return std::string();
        };
        // 247 bytes at most: "-provenance.csv" are 15 of them, "_segments.shp" 13.
        const std::string message = refusal(233, "rgi7-g");
        QVERIFY2(
            message.find("-provenance.csv\", which would have 248 bytes (247 at most); choose one that is 1 "
                         "shorter") != std::string::npos,
            message.c_str());
        QVERIFY(refusal(235, "glims").find("_glaciers.shp") != std::string::npos);
        QVERIFY(QDir(folder.path()).isEmpty());
        QCOMPARE(refusal(232, "rgi7-g"), std::string());
        QCOMPARE(refusal(243, "plain"), std::string());
    }

    void columnsTypesAndWidthsAreThoseOfTheInventorysOwnFiles_data() {
        QTest::addColumn<QString>("schema");
        QTest::addColumn<QString>("own");
        QTest::newRow("RGI 7, glaciers") << "rgi7-g"
                                         << "data/rgi7_hintereisferner/rgi7g_hef.shp";
        QTest::newRow("RGI 7, complexes") << "rgi7-c"
                                          << "data/rgi7_hintereisferner/rgi7c_hef.shp";
        QTest::newRow("RGI 6") << "rgi6"
                               << "data/iceland_divides/RGI6_icecap.shp";
    }
    void columnsTypesAndWidthsAreThoseOfTheInventorysOwnFiles() {
        QFETCH(QString, schema);
        QFETCH(QString, own);
        const auto file = sharedFile(own.toStdString().c_str());
        if (!fs::exists(file)) {
            QSKIP("needs the shared data, which are not beside this checkout");
        }
        const Exported exported({glacier("a", square(0))}, options(schema.toStdString()));
        QCOMPARE(fieldsOf(exported.file), fieldsOf(file));
    }

    void whatNobodyKnowsIsWrittenAsTheRgiWritesIt() {
        const Exported exported({glacier("a", square(0))}, options("rgi7-g"));
        const auto read = exported.readBack();
        QCOMPARE(read.size(), std::size_t(1));
        const auto& attributes = read.front().attributes;
        for (const char* name : {"anlys_id", "subm_id", "primeclass", "conn_lvl", "is_rgi6", "lmax_m"}) {
            QCOMPARE(attributes.at(name).text(), std::string("-999"));
        }
        for (const char* name : {"term_type", "surge_type", "aspect_sec"}) {
            QCOMPARE(attributes.at(name).text(), std::string("9"));
        }
        for (const char* name : {"zmin_m", "slope_deg", "termlon", "dem_source"}) {
            QVERIFY2(attributes.at(name).isNull(), name);
        }
    }

    void areaAndCentreAreThoseOfTheRgi() {
        NUNATAK_NEEDS_SHARED("data/rgi7_hintereisferner/rgi7g_hef_complex.shp");
        const auto degrees = geo::Crs::fromUserInput("EPSG:4326");
        auto read =
            readOutlines(sharedFile("data/rgi7_hintereisferner/rgi7g_hef_complex.shp"), degrees).outlines;
        QCOMPARE(read.size(), std::size_t(23));
        auto anew = options("rgi7-g");
        anew.measuresAnew = true;
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("out.gpkg").toStdString();
        writeOutlines(pointersTo(read), degrees, file, anew);
        const auto back = readOutlines(file, degrees).outlines;
        QCOMPARE(back.size(), read.size());
        for (std::size_t i = 0; i < read.size(); ++i) {
            const auto number = [&](const auto& outline, const char* name) {
                return *outline.attributes.at(name).real();
            };
            const double area = number(read[i], "area_km2");
            QVERIFY(std::abs(number(back[i], "area_km2") - area) < 1e-6 * area);
            QVERIFY(std::abs(number(back[i], "cenlon") - number(read[i], "cenlon")) < 1e-9);
            QVERIFY(std::abs(number(back[i], "cenlat") - number(read[i], "cenlat")) < 1e-9);
            QCOMPARE(back[i].attributes.at("rgi_id").text(), read[i].attributes.at("rgi_id").text());
            QCOMPARE(back[i].attributes.at("utm_zone").text(), read[i].attributes.at("utm_zone").text());
            QVERIFY(verticesOf(back[i].geometry) == verticesOf(read[i].geometry));
        }
    }

    void whatAnInventoryMeasuredOfThisShapeIsPassedOnUnlessAnElevationModelIsNamed() {
        auto imported =
            glacier("a", square(0), {{"zmean_m", 2999.0}, {"zmin_m", 2000.0}, {"dem_source", "COPDEM30"}});
        imported.describedShape = geo::fingerprint(imported.geometry);
        auto moved = imported;
        moved.uuid = "b";
        moved.geometry = square(3);
        auto chosen = options("rgi7-g");
        chosen.surface = everywhere();
        chosen.elevationSource = "SRTM";
        const auto read = Exported({imported, moved}, chosen).readBack();
        QCOMPARE(read[0].attributes.at("zmean_m").text(), std::string("2999"));
        QCOMPARE(read[0].attributes.at("dem_source").text(), std::string("COPDEM30"));
        QCOMPARE(read[1].attributes.at("zmean_m").text(), std::string("3010"));
        QCOMPARE(read[1].attributes.at("dem_source").text(), std::string("SRTM"));
        QCOMPARE(read[1].attributes.at("lmax_m").text(), std::string("8548"));
        chosen.measuresAnew = true;
        QCOMPARE(Exported({imported}, chosen).readBack()[0].attributes.at("zmean_m").text(),
                 std::string("3010"));
    }

    void anIdOfTheRgiStaysAndOthersGetProvisionalOnesThatNobodyTakesForIts() {
        const Exported exported({glacier("a", square(0), {{"rgi_id", "RGI2000-v7.0-G-11-03116"}}),
                                 glacier("b", square(3), {{"rgi_id", "RGI60-11.00897"}, {"o1region", "11"}}),
                                 glacier("c", square(6))},
                                options("rgi7-g"));
        std::vector<std::string> ids;
        for (const auto& outline : exported.readBack()) {
            ids.push_back(outline.attributes.at("rgi_id").text());
        }
        QCOMPARE(ids, (std::vector<std::string>{"RGI2000-v7.0-G-11-03116", "NEW2003-v7.0-G-11-00001",
                                                "NEW2003-v7.0-G-00-00002"}));
        QVERIFY(isTold(exported.written.notes, "Provisional ids for 2 outlines"));
    }

    void anIdOfSeveralOutlinesStaysOnTheLargest() {
        const outlines::Attributes attributes{{"rgi_id", "RGI2000-v7.0-G-11-03116"}};
        const Exported exported({glacier("a", square(0), attributes),
                                 glacier("b", {rectangle(610000, 5200000, 612000, 5202000)}, attributes)},
                                options("rgi7-g"));
        const auto read = exported.readBack();
        QCOMPARE(read[1].attributes.at("rgi_id").text(), std::string("RGI2000-v7.0-G-11-03116"));
        QVERIFY(read[0].attributes.at("rgi_id").text().starts_with("NEW"));
    }

    void regionsAreThoseChosenElseThoseOfTheOutlines() {
        auto chosen = options("rgi7-g");
        chosen.regions = {"7", "1"};
        const auto read = Exported({glacier("a", square(0), {{"o1region", "11"}})}, chosen).readBack();
        QCOMPARE(read[0].attributes.at("o1region").text(), std::string("07"));
        QCOMPARE(read[0].attributes.at("o2region").text(), std::string("07-01"));
        const auto own =
            Exported({glacier("a", square(0), {{"O1Region", "11"}, {"O2Region", "1"}})}, options("rgi7-g"))
                .readBack();
        QCOMPARE(own[0].attributes.at("o1region").text(), std::string("11"));
        QCOMPARE(own[0].attributes.at("o2region").text(), std::string("11-01"));
    }

    void eachPartOfAGlacierIsAnOutlineOfTheRgi() {
        auto shape = square(0);
        shape.push_back(rectangle(610000, 5200000, 612000, 5202000));
        const Exported exported({glacier("a", shape, {{"rgi_id", "RGI2000-v7.0-G-11-03116"}})},
                                options("rgi7-g"));
        const auto read = exported.readBack();
        QCOMPARE(read.size(), std::size_t(2));
        QVERIFY(std::abs(geo::planarArea(read[0].geometry) - 4e6) < 100);
        QCOMPARE(read[0].attributes.at("rgi_id").text(), std::string("RGI2000-v7.0-G-11-03116"));
        QVERIFY(isTold(exported.written.notes, "several parts"));
    }

    void glaciersThatTouchAreOneComplex() {
        const Exported exported(
            {glacier("a", square(0), {{"o1region", "11"}}), glacier("b", square(1)), glacier("c", square(5))},
            options("rgi7-c"));
        const auto read = exported.readBack();
        QCOMPARE(read.size(), std::size_t(2));
        QVERIFY(std::abs(*read[0].attributes.at("area_km2").real() +
                         *read[1].attributes.at("area_km2").real() - 3) < 0.01);
        QVERIFY(isTold(exported.written.notes, "3 outlines make 2 complexes"));
        QVERIFY(read[0].attributes.at("rgi_id").text().find("-C-") != std::string::npos);
    }

    void terminusCodesOfRgiSixAreTranslated() {
        const auto codeOf = [](const char* schema, const char* name, outlines::Attributes attributes) {
            return Exported({glacier("a", square(0), std::move(attributes))}, options(schema))
                .readBack()[0]
                .attributes.at(name)
                .text();
        };
        QCOMPARE(codeOf("rgi7-g", "term_type", {{"TermType", 5}}), std::string("3"));
        QCOMPARE(codeOf("rgi7-g", "term_type", {{"TermType", 2}}), std::string("2"));
        QCOMPARE(codeOf("rgi6", "TermType", {{"term_type", 3}}), std::string("5"));
        QCOMPARE(codeOf("rgi7-g", "surge_type", {{"Surging", 2}}), std::string("2"));
    }

    void datesOfRgiSixAreCompactWithNinesForWhatIsNotKnown() {
        auto undated = glacier("a", square(0));
        undated.srcDate.clear();
        auto monthOnly = glacier("b", square(3));
        monthOnly.srcDate = "2003-07";
        const Exported exported({glacier("c", square(6)), undated, monthOnly}, options("rgi6"));
        const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(static_cast<GDALDataset*>(
            GDALOpenEx(exported.file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)));
        QStringList dates;
        for (const auto& feature : *dataset->GetLayer(0)) {
            dates << feature->GetFieldAsString("BgnDate");
        }
        QCOMPARE(dates, (QStringList{"20030730", "-9999999", "20030799"}));
    }

    void aPreviewSaysWhatWillBeMissingAndWhyAndWritesNothing() {
        const QTemporaryDir folder;
        const fs::path file = folder.filePath("out.shp").toStdString();
        const std::vector glaciers{glacier("a", square(0), {{"massif", "Weisskamm"}})};
        auto chosen = options("rgi7-g");
        const auto without = previewOutlines(pointersTo(glaciers), utm32(), file, chosen);
        QCOMPARE(without.outlines, std::size_t(1));
        QVERIFY(std::abs(without.areaKm2 - 1) < 0.01);
        QCOMPARE(without.columns.size(), std::size_t(28));
        QCOMPARE(columnOf(without, "zmin_m").filled, std::size_t(0));
        QVERIFY(isTold(columnOf(without, "zmin_m").why, "--elevation"));
        QVERIFY(isTold(columnOf(without, "o1region").why, "--o1region"));
        QCOMPARE(columnOf(without, "term_type").missing, std::string("9"));
        QVERIFY(isTold(without.notes, "massif"));
        QCOMPARE(without.files, (std::vector<std::string>{"out.shp", "out-provenance.csv", "out-README.md"}));
        chosen.surface = [](const geo::MultiPolygon&, double, int) {
            return outlines::MeasuredSurface{std::nullopt, "the elevation model does not reach there"};
        };
        const auto beyond = previewOutlines(pointersTo(glaciers), utm32(), file, chosen);
        QVERIFY(isTold(columnOf(beyond, "zmin_m").why, "does not reach there (one outline)"));
        QVERIFY(fs::is_empty(folder.path().toStdString()));
    }

    void whereOutlinesComeFromTravelsWithThem() {
        auto predicted = glacier("a1", square(0));
        predicted.model = "starter 1";
        predicted.modelFingerprint = "f00d";
        predicted.threshold = 0.5;
        predicted.sceneId = "scene";
        predicted.review = outlines::Review::Accepted;
        predicted.reviewRecord = {"Ada \"L.\"", "2026-11-30T10:00:00Z", "fine, but for the tongue", false};
        auto chosen = options("rgi7-g");
        chosen.confidence = [](const outlines::Outline&) { return std::optional(0.875); };
        chosen.notes.title = "Glaciers of here";
        chosen.notes.licence = "CC BY 4.0";
        const Exported exported({predicted}, chosen);
        const auto table = exported.text("out-provenance.csv");
        for (const char* words : {"NEW2003-v7.0-G-00-00001,a1,", "starter 1,f00d", ",0.5,0.875,", "accepted",
                                  "\"Ada \"\"L.\"\"\"", "\"fine, but for the tongue\""}) {
            QVERIFY2(table.find(words) != std::string::npos, words);
        }
        const auto readme = exported.text("out-README.md");
        for (const char* words : {"# Glaciers of here", "## Abstract", "## Method", "## Licence", "CC BY 4.0",
                                  "s41467-024-54956-x", "starter 1 (fingerprint f00d), threshold 0.5"}) {
            QVERIFY2(readme.find(words) != std::string::npos, words);
        }
        QVERIFY2(readme.find("f6jmovy5navz") == std::string::npos, "nothing of the RGI is in it");
    }

    void whatABandRatioMappedIsNotSaidToBeANetworks() {
        auto mapped = glacier("a1", square(0));
        mapped.model = "band ratio";
        mapped.modelFingerprint = "band-ratio-red";
        mapped.threshold = 5.6;
        const Exported exported({mapped}, options("rgi7-g"));
        const auto readme = exported.text("out-README.md");
        QVERIFY(readme.find("ratio of bands") != std::string::npos);
        QVERIFY(readme.find("band ratio (fingerprint band-ratio-red), threshold 5.6") != std::string::npos);
        QVERIFY(readme.find("neural network") == std::string::npos);
        QVERIFY(readme.find("s41467-024-54956-x") == std::string::npos); // nor cited
    }

    void anySystemCanBeAskedForButInFormatsThatHaveOne() {
        auto chosen = options("plain");
        chosen.crs = geo::Crs::fromUserInput("EPSG:3035");
        const Exported exported({glacier("a", square(0))}, chosen, "out.gpkg");
        const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(static_cast<GDALDataset*>(
            GDALOpenEx(exported.file.c_str(), GDAL_OF_VECTOR, nullptr, nullptr, nullptr)));
        QCOMPARE(QString(dataset->GetLayer(0)->GetSpatialRef()->GetAuthorityCode(nullptr)), QString("3035"));
        const auto message = errorOf([&] { Exported({glacier("a", square(0))}, chosen, "out.geojson"); });
        QVERIFY2(message.find("longitude and latitude") != std::string::npos, message.c_str());
    }

    void whatGoesOutInItsOwnSystemComesBackToTheCoordinate_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("geopackage") << "out.gpkg";
        QTest::newRow("shapefile") << "out.shp";
        QTest::newRow("flatgeobuf") << "out.fgb";
    }
    void whatGoesOutInItsOwnSystemComesBackToTheCoordinate() {
        QFETCH(QString, name);
        const geo::MultiPolygon shape{
            {{{600000.123456789, 5200000.1}, {601000.7, 5200000.3}, {601000.1234567, 5201000.9}}, {}}};
        const Exported exported(
            {glacier("a", shape, {{"count", 3}, {"share", 0.1}, {"flag", true}, {"code", "01"}})},
            options("plain"), name.toStdString().c_str());
        const auto read = exported.readBack();
        QVERIFY(verticesOf(read[0].geometry) == verticesOf(shape));
        QVERIFY(read[0].attributes.at("count") == outlines::AttributeValue(3));
        QVERIFY(read[0].attributes.at("share") == outlines::AttributeValue(0.1));
        QVERIFY(read[0].attributes.at("code") == outlines::AttributeValue("01"));
    }

    void glimsGetsItsFourFilesFromWhichTheGlacierComesBack() {
        auto shape = square(0);
        shape[0].holes.push_back(
            {{600400, 5200400}, {600400, 5200600}, {600600, 5200600}, {600600, 5200400}});
        auto chosen = options("glims");
        chosen.glims.localUncertainty = 15;
        chosen.glims.globalUncertainty = 10;
        chosen.images = {{"scene",
                          "a scene",
                          "LC08_X",
                          "Landsat 8 OLI",
                          "2003-07-30",
                          {rectangle(10.2, 46.8, 10.5, 47.1)},
                          150.0,
                          40.0}};
        auto named = glacier("a", shape);
        named.name = "Somewhere";
        named.sceneId = "scene";
        const Exported exported({named, glacier("b", square(5), {{"glims_id", "G010752E46802N"}})}, chosen);
        for (const char* part :
             {"out_session.shp", "out_glaciers.shp", "out_segments.shp", "out_images.shp"}) {
            QVERIFY2(fs::exists(exported.folder.filePath(part).toStdString()), part);
        }
        QVERIFY(!fs::exists(exported.file));
        QVERIFY(isTold(exported.written.notes, "A new GLIMS id"));
        const auto back =
            readOutlines(exported.folder.filePath("out_segments.shp").toStdString(), utm32()).outlines;
        QCOMPARE(back.size(), std::size_t(2)); // the rock is a hole again
        const auto whole = std::find_if(
            back.begin(), back.end(), [](const auto& outline) { return !outline.geometry[0].holes.empty(); });
        QVERIFY(whole != back.end());
        QVERIFY(std::abs(geo::planarArea(whole->geometry) - 960000) < 10);
        QCOMPARE(whole->attributes.at("loc_unc_x").text(), std::string("15"));
        QCOMPARE(whole->attributes.at("orig_id").text(), std::string("LC08_X"));
    }

    void aNewGlimsIdIsThatOfThePlace() {
        QCOMPARE(glimsIdAt({10.751768, 46.802314}), std::string("G010752E46802N"));
        QCOMPARE(glimsIdAt({-72.5, -50.25}), std::string("G287500E50250S"));
        QCOMPARE(glimsIdAt({-0.0001, 0.5}), std::string("G000000E00500N"));
    }

    void howLargeAShapefileWillBeIsKnownBeforeItIsWritten() {
        std::vector<outlines::Outline> glaciers;
        for (int i = 0; i < 20; ++i) {
            glaciers.push_back(glacier("g" + std::to_string(i), square(3 * i), {{"remarks", "some words"}}));
        }
        const Exported exported(glaciers, options("plain"));
        const auto prepared =
            prepareExport(pointersTo(glaciers), utm32(), exported.file, options("plain"), {});
        const auto sizeOf = [&](const char* ending) {
            return fs::file_size(fs::path(exported.file).replace_extension(ending));
        };
        const auto largest = std::max(sizeOf(".shp"), sizeOf(".dbf"));
        const auto known = largestPartOfShapefile(*prepared);
        QVERIFY2(known >= largest && known < largest + largest / 5,
                 (std::to_string(known) + " of " + std::to_string(largest)).c_str());
        const auto message =
            errorOf([&] { throwIfTooLarge(3'000'000'000, prepared->format, exported.file); });
        QVERIFY2(message.find("3.0 GB") != std::string::npos && message.find(".gpkg") != std::string::npos,
                 message.c_str());
    }

    void linesAreRefusedByInventories() {
        const std::vector lines{glacier("a", geo::lineShape({{600000, 5200000}, {600100, 5200000}}))};
        const QTemporaryDir folder;
        for (const char* schema : {"rgi7-g", "rgi6", "glims"}) {
            const auto message = errorOf([&] {
                writeOutlines(pointersTo(lines), utm32(), folder.filePath("out.shp").toStdString(),
                              options(schema));
            });
            QVERIFY2(message.find("glaciers alone") != std::string::npos, message.c_str());
        }
    }

    void anUnknownSchemaIsRefusedWithThoseThereAre() {
        const auto message = errorOf([] { exportSchema("rgi8"); });
        QVERIFY2(message.find("rgi7-g") != std::string::npos, message.c_str());
    }
};

QTEST_GUILESS_MAIN(ExportSchemaTest)
#include "export_schema_test.moc"
