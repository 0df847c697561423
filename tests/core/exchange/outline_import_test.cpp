// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange_fixtures.h"
#include "geo/shape_operations.h"
#include "support/shared_data.h"
#include "vector_fixtures.h"

#include <cmath>
#include <set>

using namespace nunatak;
using namespace nunatak::exchange;
using namespace nunatak::tests;

namespace {

double areaOf(const outlines::Outline& outline) {
    return geo::planarArea(outline.geometry);
}

std::vector<std::string> datesOf(const ReadOutlines& read) {
    std::vector<std::string> dates;
    for (const auto& outline : read.outlines) {
        dates.push_back(outline.srcDate);
    }
    return dates;
}

TestFeature dated(int place, const std::string& date) {
    return {squareText(place), {{"date", date}}};
}

TestFeature glims(int place, double half, const std::string& line, const std::string& analysis,
                  const std::string& date, const std::string& glacier = "G010500E46500N") {
    return {squareText(place, half),
            {{"line_type", line}, {"anlys_id", analysis}, {"glac_id", glacier}, {"src_date", date}}};
}

} // namespace

/// What comes with the columns and parts of a file of somebody else.
class OutlineImportTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path path(const char* name) const { return m_folder.filePath(name).toStdString(); }

private Q_SLOTS:
    void namesOfNationalInventoriesAreUnderstoodAndSaid() {
        writeLayer(path("national.gpkg"), {{squareText(0),
                                            {{"Glacier", "du Tour"},
                                             {"date", "13-08-2003"},
                                             {"GLIMS_ID", "G006862E46029N"},
                                             {"Massif", "Mont Blanc"}}}});
        const auto read = readOutlines(path("national.gpkg"), utm32());
        const auto& glacier = read.outlines.at(0);
        QCOMPARE(glacier.name, std::string("du Tour"));
        QCOMPARE(glacier.srcDate, std::string("2003-08-13"));
        QCOMPARE(glacier.attributes.at("glims_id").text(), std::string("G006862E46029N"));
        QCOMPARE(glacier.attributes.at("Massif").text(), std::string("Mont Blanc"));
        QVERIFY2(hasNote(read, "name from Glacier, date from date (day first)"), qPrintable(notesOf(read)));
    }

    void oneDateThatTellsTheOrderTellsItForTheColumn() {
        writeLayer(path("days.gpkg"), {dated(0, "05/08/2003"), dated(1, "21/09/2003")});
        QCOMPARE(datesOf(readOutlines(path("days.gpkg"), utm32())),
                 (std::vector<std::string>{"2003-08-05", "2003-09-21"}));
        writeLayer(path("months.gpkg"), {dated(0, "05/08/2003"), dated(1, "09/21/2003")});
        QCOMPARE(datesOf(readOutlines(path("months.gpkg"), utm32())),
                 (std::vector<std::string>{"2003-05-08", "2003-09-21"}));
    }

    void aDateOfTwoReadingsGivesItsYearAndIsToldUntilTheOrderIsSaid() {
        writeLayer(path("two.gpkg"), {dated(0, "05/08/2003")});
        const auto read = readOutlines(path("two.gpkg"), utm32());
        QCOMPARE(datesOf(read), (std::vector<std::string>{"2003"}));
        QCOMPARE(read.outlines[0].attributes.at("date").text(), std::string("05/08/2003"));
        QVERIFY2(hasNote(read, "two ways"), qPrintable(notesOf(read)));
        ImportOptions options;
        addMapping(options.mapping, "date=date:day-first");
        const auto said = readOutlines(path("two.gpkg"), utm32(), options);
        QCOMPARE(datesOf(said), (std::vector<std::string>{"2003-08-05"}));
        QVERIFY(!said.outlines[0].attributes.contains("date"));
    }

    void aDateThatIsNoneStaysAsAnAttributeAndIsTold() {
        writeLayer(path("words.gpkg"), {dated(0, "late summer"), dated(1, "-9999999")});
        const auto read = readOutlines(path("words.gpkg"), utm32());
        QCOMPARE(datesOf(read), (std::vector<std::string>{"", ""}));
        QCOMPARE(read.outlines[0].attributes.at("date").text(), std::string("late summer"));
        QVERIFY(!read.outlines[1].attributes.contains("date")); // RGI's word for unknown
        QVERIFY2(hasNote(read, "late summer"), qPrintable(notesOf(read)));
    }

    void datesAheadAreTold() {
        writeLayer(path("ahead.gpkg"), {{squareText(0), {{"src_date", "2020-08-20"}}},
                                        {squareText(1), {{"src_date", "2963-08-20"}}}});
        const auto read = readOutlines(path("ahead.gpkg"), utm32());
        QCOMPARE(read.outlines.size(), std::size_t(2));
        QVERIFY(std::any_of(read.notes.begin(), read.notes.end(), [](const std::string& note) {
            return note.find("1 date in src_date lies ahead (\"2963-08-20\")") != std::string::npos;
        }));
    }

    void archivesWithinArchivesAreLookedIntoOrNamed() {
        const std::string folder = m_folder.path().toStdString();
        std::string inner = folder + "/deep.gpkg";
        writeLayer(inner, {{squareText(0), {}}});
        const auto packed = [&](const std::string& name) {
            const std::string archive = folder + "/" + name;
            const std::string target =
                "/vsizip/{" + archive + "}/" + std::filesystem::path(inner).filename().string();
            VSILFILE* from = VSIFOpenL(inner.c_str(), "rb");
            VSILFILE* to = VSIFOpenL(target.c_str(), "wb");
            std::vector<char> bytes(1 << 20);
            while (const auto count = VSIFReadL(bytes.data(), 1, bytes.size(), from)) {
                VSIFWriteL(bytes.data(), 1, count, to);
            }
            VSIFCloseL(to);
            VSIFCloseL(from);
            return archive;
        };
        for (const char* name : {"1.zip", "2.zip", "3.zip", "4.zip"}) {
            inner = packed(name);
        }
        QCOMPARE(readOutlines(inner, utm32()).outlines.size(), std::size_t(1));
        inner = packed("5.zip");
        inner = packed("6.zip");
        try {
            readOutlines(inner, utm32());
            QFAIL("read");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("not all looked into") != std::string::npos,
                     error.what());
        }
    }

    void aColumnIsMappedByTheUserAndTheOnesOtherwiseTakenAreKept() {
        writeLayer(path("map.gpkg"),
                   {{squareText(0), {{"name", "code 17"}, {"label", "Vadret"}, {"flight", "2009-08-01"}}}});
        ImportOptions options;
        addMapping(options.mapping, "name=LABEL");
        addMapping(options.mapping, "date=flight");
        const auto glacier = readOutlines(path("map.gpkg"), utm32(), options).outlines.at(0);
        QCOMPARE(glacier.name, std::string("Vadret"));
        QCOMPARE(glacier.srcDate, std::string("2009-08-01"));
        QCOMPARE(glacier.attributes.at("name").text(), std::string("code 17"));
        ImportOptions none;
        addMapping(none.mapping, "name=");
        QCOMPARE(readOutlines(path("map.gpkg"), utm32(), none).outlines.at(0).name, std::string());
    }

    void aMappingThatCannotBeIsRefusedWithWhatThereIs() {
        ImportOptions options;
        QVERIFY(errorOf([&] { addMapping(options.mapping, "nam=label"); }).find("glims_id") !=
                std::string::npos);
        QVERIFY(!errorOf([&] { addMapping(options.mapping, "name=label:day-first"); }).empty());
        addMapping(options.mapping, "name=nothing");
        QVERIFY(!errorOf([&] { addMapping(options.mapping, "name=label"); }).empty());
        writeLayer(path("columns.gpkg"), {{squareText(0), {{"label", "A"}}}});
        const auto message = errorOf([&] { readOutlines(path("columns.gpkg"), utm32(), options); });
        QVERIFY2(message.find("no column \"nothing\": it has label") != std::string::npos, message.c_str());
    }

    void ofTwoColumnsForTheNameTheOneWithAValueIsTaken() {
        writeLayer(path("names.gpkg"), {{squareText(0), {{"glac_name", ""}, {"Name", "Ferner"}}},
                                        {squareText(1), {{"glac_name", "Kees"}, {"Name", "K 12"}}},
                                        {squareText(2), {{"glac_name", "None"}}}});
        const auto read = readOutlines(path("names.gpkg"), utm32());
        QCOMPARE(read.outlines[0].name, std::string("Ferner"));
        QCOMPARE(read.outlines[1].name, std::string("Kees"));
        QCOMPARE(read.outlines[1].attributes.at("Name").text(), std::string("K 12"));
        QCOMPARE(read.outlines[2].name, std::string());
    }

    void rockOfGlimsIsAHoleOfTheGlacierOfItsAnalysisOnly() {
        writeLayer(path("glims.gpkg"), {glims(0, 120, "glac_bound", "1", "1990-08-01T00:00:00"),
                                        glims(0, 100, "glac_bound", "2", "2015-08-01T00:00:00"),
                                        glims(0, 10, "intrnl_rock", "1", "1990-08-01T00:00:00"),
                                        glims(0, 20, "INTRNL_ROCK", "2", "2015-08-01T00:00:00")});
        ImportOptions all;
        all.analyses = analysisChoiceFrom("all");
        const auto read = readOutlines(path("glims.gpkg"), utm32(), all);
        QCOMPARE(read.outlines.size(), std::size_t(2));
        QCOMPARE(areaOf(read.outlines[0]), 240.0 * 240 - 20 * 20);
        QCOMPARE(areaOf(read.outlines[1]), 200.0 * 200 - 40 * 40);
        QVERIFY2(hasNote(read, "2 of 2 polygons"), qPrintable(notesOf(read)));
    }

    void lakesDebrisAndRockWithoutAGlacierAreLeftOutAndNamed() {
        writeLayer(path("lines.gpkg"), {glims(0, 100, "glac_bound", "1", "2015-08-01"),
                                        glims(1, 50, "pro_lake", "1", "2015-08-01"),
                                        glims(0, 50, "debris_cov", "1", "2015-08-01"),
                                        glims(2, 50, "intrnl_rock", "1", "2015-08-01")});
        const auto read = readOutlines(path("lines.gpkg"), utm32());
        QCOMPARE(read.outlines.size(), std::size_t(1));
        QCOMPARE(areaOf(read.outlines[0]), 40000.0);
        QCOMPARE(read.skipped, 3);
        for (const char* words :
             {"pro_lake): 1 polygon (2)", "debris_cov): 1 polygon (3)", "lies in no glacier"}) {
            QVERIFY2(hasNote(read, words), qPrintable(notesOf(read)));
        }
    }

    void theNewestOfSeveralAnalysesIsTakenUnlessAnotherIsAskedFor_data() {
        QTest::addColumn<QString>("choice");
        QTest::addColumn<QString>("date");
        QTest::newRow("newest") << "newest"
                                << "2015-08-01";
        QTest::newRow("oldest") << "oldest"
                                << "1990-08-01";
        QTest::newRow("nearest") << "2004-06"
                                 << "2003-08-01";
    }
    void theNewestOfSeveralAnalysesIsTakenUnlessAnotherIsAskedFor() {
        QFETCH(QString, choice);
        QFETCH(QString, date);
        writeLayer(path("analyses.gpkg"), {glims(0, 120, "glac_bound", "1", "1990-08-01"),
                                           glims(0, 100, "glac_bound", "3", "2015-08-01"),
                                           glims(0, 110, "glac_bound", "2", "2003-08-01"),
                                           glims(5, 100, "glac_bound", "4", "1985-08-01", "G2")});
        ImportOptions options;
        options.analyses = analysisChoiceFrom(choice.toStdString());
        const auto read = readOutlines(path("analyses.gpkg"), utm32(), options);
        QCOMPARE(datesOf(read), (std::vector<std::string>{date.toStdString(), "1985-08-01"}));
        QVERIFY2(hasNote(read, "1 glacier has outlines of several dates"), qPrintable(notesOf(read)));
        QVERIFY(!errorOf([] { analysisChoiceFrom("best"); }).empty());
    }

    void partsOfAGlacierWithOneIdStay() {
        writeLayer(path("parts.gpkg"), {glims(0, 100, "glac_bound", "1", "2003-08-01"),
                                        glims(1, 100, "glac_bound", "2", "2004-08-01"),
                                        glims(2, 100, "glac_bound", "1", "2003-08-01")});
        QCOMPARE(readOutlines(path("parts.gpkg"), utm32()).outlines.size(), std::size_t(3));
    }

    void layersOfOneInventoryComeTogetherAndOthersAreAskedFor() {
        writeLayer(path("regions.gpkg"), {{squareText(0), {{"name", "A"}}}}, "north");
        writeLayer(path("regions.gpkg"), {{squareText(1), {{"name", "B"}}}}, "south", 32632, true);
        const auto read = readOutlines(path("regions.gpkg"), utm32());
        QCOMPARE(read.outlines.size(), std::size_t(2));
        QVERIFY2(hasNote(read, "north, south"), qPrintable(notesOf(read)));

        writeLayer(path("kinds.gpkg"), {{squareText(0), {{"name", "A"}}}}, "glaciers");
        writeLayer(path("kinds.gpkg"), {{squareText(1), {{"depth", "3"}}}}, "lakes", 32632, true);
        const auto message = errorOf([&] { readOutlines(path("kinds.gpkg"), utm32()); });
        QVERIFY2(message.find("glaciers (1 feature), lakes (1 feature)") != std::string::npos,
                 message.c_str());
        ImportOptions options;
        options.sourceLayers = {"glaciers"};
        QCOMPARE(readOutlines(path("kinds.gpkg"), utm32(), options).outlines.at(0).name, std::string("A"));
        options.sourceLayers = {"all"};
        QCOMPARE(readOutlines(path("kinds.gpkg"), utm32(), options).outlines.size(), std::size_t(2));
        options.sourceLayers = {"rivers"};
        QVERIFY(errorOf([&] { readOutlines(path("kinds.gpkg"), utm32(), options); }).find("lakes") !=
                std::string::npos);
        // To look at before choosing.
        const auto layers = layersOf(path("kinds.gpkg"), {});
        QCOMPARE(layers.size(), std::size_t(2));
        QVERIFY(!layers[0].isRead && !layers[1].isRead);
    }

    void layersThatShowTheSameGroundAreNoPartsOfOneInventory() {
        writeLayer(path("dates.gpkg"), {{squareText(0), {{"name", "A"}}}}, "of2003");
        writeLayer(path("dates.gpkg"), {{squareText(0), {{"name", "A"}}}}, "of2015", 32632, true);
        const auto message = errorOf([&] { readOutlines(path("dates.gpkg"), utm32()); });
        QVERIFY2(message.find("same ground") != std::string::npos, message.c_str());
        ImportOptions options;
        options.sourceLayers = {"of2015"};
        QCOMPARE(readOutlines(path("dates.gpkg"), utm32(), options).outlines.size(), std::size_t(1));
    }

    void aZipIsReadAsItWasDownloaded() {
        QTemporaryDir parts;
        const std::filesystem::path folder = parts.path().toStdString();
        writeLayer(folder / "north.shp", {{squareText(0), {{"name", "A"}}}});
        writeLayer(folder / "south.shp", {{squareText(1), {{"name", "B"}}}});
        QTemporaryDir twins;
        const std::filesystem::path hidden = twins.path().toStdString();
        writeText(hidden / "._north.shp", "a twin that a Mac leaves");
        const auto zip = path("inventory.zip");
        addToZip(zip, folder, "inventory_v1/shapes/");
        addToZip(zip, hidden, "__MACOSX/inventory_v1/shapes/");
        addToZip(zip, hidden, "inventory_v1/shapes/");
        const auto read = readOutlines(zip, utm32());
        QCOMPARE(read.outlines.size(), std::size_t(2));
        QCOMPARE(read.layers.at(0).file, std::string("inventory_v1/shapes/north.shp"));
        // As RGI 6 is delivered: a zip of zips.
        QTemporaryDir outer;
        const std::filesystem::path around = outer.path().toStdString();
        std::filesystem::copy(zip, around / "11_rgi60_CentralEurope.zip");
        addToZip(path("rgi.zip"), around, "");
        QCOMPARE(readOutlines(path("rgi.zip"), utm32()).outlines.size(), std::size_t(2));
        // And unpacked.
        QCOMPARE(readOutlines(folder, utm32()).outlines.size(), std::size_t(2));
        writeText(around / "readme.txt", "nothing else");
        std::filesystem::remove(around / "11_rgi60_CentralEurope.zip");
        QVERIFY(errorOf([&] { readOutlines(around, utm32()); }).find("no vector file") != std::string::npos);
    }

    void oneOfTwoFormatsOfTheSameDataIsTakenAndSaid() {
        QTemporaryDir parts;
        const std::filesystem::path folder = parts.path().toStdString();
        writeLayer(folder / "glaciers.shp", {{squareText(0), {{"name", "A"}}}});
        writeLayer(folder / "glaciers.gpkg", {{squareText(0), {{"name", "A"}}}});
        const auto read = readOutlines(folder, utm32());
        QCOMPARE(read.outlines.size(), std::size_t(1));
        QVERIFY2(hasNote(read, "glaciers.shp was left out"), qPrintable(notesOf(read)));
    }

    void featuresThatGiveNoOutlineAreNamedAndTheOthersComeIn() {
        writeLayer(path("bad.gpkg"), {{squareText(0), {{"name", "A"}}},
                                      {"", {{"name", "void"}}},
                                      {"POLYGON EMPTY", {}},
                                      {"POINT(600000 5150000)", {}},
                                      {"LINESTRING(600000 5150000,600100 5150100)", {}},
                                      {"POLYGON((1e30 1e30,2e30 1e30,2e30 2e30,1e30 1e30))", {}},
                                      {"POLYGON((0 0,10 10,0 0))", {}},
                                      {squareText(1), {{"name", "B"}}}});
        const auto read = readOutlines(path("bad.gpkg"), utm32());
        QCOMPARE(read.outlines.size(), std::size_t(2));
        QCOMPARE(read.skipped, 6);
        for (const char* words :
             {"2 features (2 void, 3) without a shape", "(4) that are no polygons (a point)",
              "(5) that are no polygons (a line)", "(6) with coordinates", "(7) without an area"}) {
            QVERIFY2(hasNote(read, words), qPrintable(notesOf(read)));
        }
    }

    void aDamagedRecordIsNamedAndTheOthersComeIn() {
        const auto file = path("damaged.shp");
        writeLayer(file, {{squareText(0), {}}, {squareText(1), {{"name", "B"}}}, {squareText(2), {}}});
        // The type of the second shape, which begins behind the header of 100 bytes and the first record.
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        constexpr int record = 8 + 4 + 32 + 4 + 4 + 4 + 5 * 16;
        bytes.seekp(100 + record + 8 + 36);
        const char absurd[] = {0x40, 0x4B, 0x4C, 0};
        bytes.write(absurd, 4);
        bytes.close();
        const auto read = readOutlines(file, utm32());
        QCOMPARE(read.outlines.size(), std::size_t(2));
        QVERIFY2(hasNote(read, "1 feature (1 B) that cannot be read"), qPrintable(notesOf(read)));
    }

    void filesThatAreMissingBesideAShapefileAreNamed() {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("part.shp").toStdString();
        writeLayer(file, {{squareText(0), {{"name", "A"}}}});
        std::filesystem::remove(folder.filePath("part.dbf").toStdString());
        QVERIFY(hasNote(readOutlines(file, utm32()), "without its .dbf"));
        std::filesystem::remove(folder.filePath("part.prj").toStdString());
        QVERIFY(errorOf([&] { readOutlines(file, utm32()); }).find("no coordinate system") !=
                std::string::npos);
        ImportOptions options;
        options.crs = utm32();
        QCOMPARE(areaOf(readOutlines(file, utm32(), options).outlines.at(0)), 40000.0);
        std::filesystem::remove(folder.filePath("part.shx").toStdString());
        QVERIFY(errorOf([&] { readOutlines(file, utm32()); }).find("part.shx") != std::string::npos);
    }

    void coordinatesThatAreNoDegreesAreNotTakenForThem() {
        const auto file = path("utm.geojson");
        writeGeoJson(file, polygonFeature("{}", "[[[600000,5150000],[600100,5150000],[600100,5150100],"
                                                "[600000,5150000]]]"));
        const auto message = errorOf([&] { readOutlines(file, utm32()); });
        QVERIFY2(message.find("--source-crs") != std::string::npos, message.c_str());
        ImportOptions options;
        options.crs = utm32();
        const auto read = readOutlines(file, utm32(), options);
        QCOMPARE(areaOf(read.outlines.at(0)), 5000.0);
        QVERIFY2(hasNote(read, "as told"), qPrintable(notesOf(read)));
    }

    void curvesAndHeightsAreSaid() {
        writeLayer(
            path("curve.gpkg"),
            {{"CURVEPOLYGON(CIRCULARSTRING(600000 5150000,600100 5150100,600200 5150000,600100 "
              "5149900,600000 5150000))",
              {}},
             {"POLYGON Z((601000 5150000 9,601100 5150000 9,601100 5150100 9,601000 5150000 9))", {}}});
        const auto read = readOutlines(path("curve.gpkg"), utm32());
        QVERIFY(std::abs(areaOf(read.outlines[0]) - M_PI * 1e4) < 50);
        QCOMPARE(areaOf(read.outlines[1]), 5000.0);
        QVERIFY2(hasNote(read, "Curves") && hasNote(read, "Heights"), qPrintable(notesOf(read)));
    }

    void idsThatShouldBeOneOutlinesOwnAreSaid() {
        const std::string uuid = "8d8ac610-566d-4ef0-9c22-186b2a5ed793";
        writeLayer(path("twice.gpkg"),
                   {{squareText(0), {{"rgi_id", "RGI2000-v7.0-G-11-00001"}, {"uuid", uuid}}},
                    {squareText(1), {{"rgi_id", "RGI2000-v7.0-G-11-00001"}, {"uuid", uuid}}},
                    {squareText(2), {{"uuid", "no uuid"}}}});
        const auto read = readOutlines(path("twice.gpkg"), utm32());
        QVERIFY(read.outlines[0].uuid != read.outlines[1].uuid);
        QCOMPARE(read.outlines[2].attributes.at("uuid").text(), std::string("no uuid"));
        QVERIFY2(hasNote(read, "RGI2000-v7.0-G-11-00001") && hasNote(read, "UUID"),
                 qPrintable(notesOf(read)));
    }

    void whatWasCutAt180IsOnePieceAgain() {
        const auto chukotka = geo::Crs::fromUserInput("EPSG:32601");
        const std::string cut = "[[[[179.99,67.5],[180,67.5],[180,67.51],[179.99,67.51],[179.99,67.5]]],"
                                "[[[-180,67.5],[-179.99,67.5],[-179.99,67.51],[-180,67.51],[-180,67.5]]]]";
        const std::string whole =
            "[[[179.99,67.5],[-179.99,67.5],[-179.99,67.51],[179.99,67.51],[179.99,67.5]]]";
        const std::string beyond =
            "[[[179.99,67.5],[180.01,67.5],[180.01,67.51],[179.99,67.51],[179.99,67.5]]]";
        writeGeoJson(
            path("cut.geojson"),
            R"({"type":"Feature","properties":{"name":"cut"},"geometry":{"type":"MultiPolygon","coordinates":)" +
                cut + "}}," + polygonFeature(R"({"name":"whole"})", whole) + "," +
                polygonFeature(R"({"name":"beyond"})", beyond));
        const auto read = readOutlines(path("cut.geojson"), chukotka);
        QCOMPARE(read.outlines.size(), std::size_t(3));
        for (const auto& outline : read.outlines) {
            QCOMPARE(outline.geometry.size(), std::size_t(1));
            QCOMPARE(outline.geometry[0].outer.size(), std::size_t(4)); // no vertex where the cut was
            QVERIFY(std::abs(geo::planarArea(outline.geometry) - areaOf(read.outlines[0])) < 1);
        }
        QVERIFY(std::abs(areaOf(read.outlines[0]) / 1e6 - 0.952) < 0.01);
    }

    void twoFeaturesThatAreOneGlacierCutAt180AreJoined() {
        const auto chukotka = geo::Crs::fromUserInput("EPSG:32601");
        const std::string id = R"({"RGIId":"RGI60-10.00001","BgnDate":"20030813"})";
        const std::string west = "[[[179.99,67.5],[180,67.5],[180,67.51],[179.99,67.51],[179.99,67.5]]]";
        const std::string east = "[[[-180,67.5],[-179.99,67.5],[-179.99,67.51],[-180,67.51],[-180,67.5]]]";
        writeGeoJson(path("halves.geojson"),
                     polygonFeature(id, west) + "," + polygonFeature(id, east) + "," +
                         polygonFeature(R"({"RGIId":"RGI60-10.00002"})",
                                        "[[[-180,67.52],[-179.99,67.52],[-179.99,67.53],[-180,67.52]]]"));
        const auto read = readOutlines(path("halves.geojson"), chukotka);
        QCOMPARE(read.outlines.size(), std::size_t(2));
        QCOMPARE(read.outlines[0].geometry.size(), std::size_t(1));
        QVERIFY2(hasNote(read, "joined"), qPrintable(notesOf(read)));
    }

    void theFrenchInventoriesComeWithTheirNamesAndDates() {
        NUNATAK_NEEDS_SHARED("data/french_alps/inventory_2003.shp");
        const auto of2003 = readOutlines(sharedFile("data/french_alps/inventory_2003.shp"), utm32());
        QCOMPARE(of2003.outlines.size(), std::size_t(660));
        std::set<std::string> dates;
        for (const auto& outline : of2003.outlines) {
            dates.insert(outline.srcDate);
        }
        QCOMPARE(dates, (std::set<std::string>{"2003-08-13", "2003-09-21", "2004-09-08"}));
        QCOMPARE(of2003.outlines[0].name, std::string("de Tre les Eaux"));
        const auto of2015 = readOutlines(sharedFile("data/french_alps/inventory_2015.shp"), utm32());
        QCOMPARE(of2015.outlines.size(), std::size_t(91));
        QCOMPARE(of2015.outlines[0].srcDate, std::string("2015-08-29"));
    }

    void theDownloadFromGlimsOfMountBakerComesWhole() {
        NUNATAK_NEEDS_SHARED("data/mt_baker/glims_2015.geojson");
        const auto read = readOutlines(sharedFile("data/mt_baker/glims_2015.geojson"),
                                       geo::Crs::fromUserInput("EPSG:32610"));
        QCOMPARE(read.outlines.size(), std::size_t(7));
        for (const auto& outline : read.outlines) {
            QCOMPARE(outline.srcDate, std::string("2015-09-09"));
            QVERIFY(!outline.name.empty());
            // The analyst's own figure, on the map.
            const double said = *outline.attributes.at("area").real();
            QVERIFY2(std::abs(areaOf(outline) - said) < 1e-4 * said, outline.name.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(OutlineImportTest)
#include "outline_import_test.moc"
