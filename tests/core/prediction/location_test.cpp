// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "prediction/location.h"
#include "prediction/location_regions.h"
#include "prediction/tile_coordinates.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <functional>
#include <numbers>
#include <set>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;

namespace {

struct Place {
    const char* name;
    double latitude;
    double longitude;
    const char* region;
};

const std::vector<Place> places{
    {"Columbia Glacier", 61.22, -146.90, "AWA"},
    {"Malaspina Glacier", 59.92, -140.53, "AWA"},
    {"Kaskawulsh Glacier", 60.75, -139.10, "AWA"},
    {"Gulkana Glacier", 63.26, -145.42, "AWA"},
    {"Mount Cleveland in the Aleutians", 52.82, -169.95, "AWA"},
    {"Athabasca Glacier", 52.19, -117.26, "AWA"},
    {"South Cascade Glacier", 48.36, -121.06, "AWA"},
    {"Mount Rainier", 46.85, -121.76, "AWA"},
    {"Palisade Glacier", 37.08, -118.51, "AWA"},
    {"Devon Ice Cap", 75.34, -82.50, "unknown"},
    {"Agassiz Ice Cap", 80.22, -75.03, "unknown"},
    {"White Glacier, Axel Heiberg Island", 79.45, -90.67, "unknown"},
    {"Barnes Ice Cap", 70.00, -73.50, "unknown"},
    {"Penny Ice Cap", 67.25, -66.20, "unknown"},
    {"Torngat Mountains", 58.90, -63.70, "unknown"},
    {"Jakobshavn Isbrae", 69.17, -49.80, "GR"},
    {"Petermann Glacier", 80.60, -60.00, "GR"},
    {"Hans Tausen Ice Cap", 82.50, -37.50, "GR"},
    {"Mittivakkat Glacier", 65.69, -37.77, "GR"},
    {"Qaanaaq Ice Cap", 77.52, -69.10, "GR"},
    {"Vatnajokull", 64.42, -16.80, "unknown"},
    {"Hofsjokull", 64.82, -18.80, "unknown"},
    {"Kongsvegen", 78.80, 12.98, "SVAL"},
    {"Austfonna", 79.70, 24.00, "SVAL"},
    {"Beerenberg, Jan Mayen", 71.08, -8.16, "SVAL"},
    {"Storglaciaren below Kebnekaise", 67.90, 18.57, "SC"},
    {"Nigardsbreen", 61.72, 7.13, "SC"},
    {"Langfjordjokelen", 70.12, 21.77, "SC"},
    {"Franz Josef Land", 80.60, 58.00, "unknown"},
    {"Academy of Sciences Ice Cap, Severnaya Zemlya", 80.50, 94.90, "unknown"},
    {"Novaya Zemlya", 75.80, 62.00, "unknown"},
    {"Klyuchevskaya Sopka, Kamchatka", 56.06, 160.64, "unknown"},
    {"Belukha, Altai", 49.81, 86.59, "unknown"},
    {"Polar Urals", 67.60, 66.10, "unknown"},
    {"Suntar-Khayata", 62.60, 140.90, "unknown"},
    {"Wrangel Island", 71.23, -179.50, "unknown"},
    {"Wrangel Island, west of the antimeridian", 71.20, 179.80, "unknown"},
    {"Hintereisferner", 46.80, 10.76, "ALP"},
    {"Grosser Aletschgletscher", 46.50, 8.03, "ALP"},
    {"Mer de Glace", 45.88, 6.93, "ALP"},
    {"Aneto, Pyrenees", 42.63, 0.66, "ALP"},
    {"Calderone, Apennines", 42.47, 13.57, "ALP"},
    {"Snezhnika, Pirin", 41.77, 23.40, "ALP"},
    {"Elbrus", 43.35, 42.44, "CA"},
    {"Djankuat", 43.20, 42.76, "CA"},
    {"Ararat", 39.70, 44.30, "CA"},
    {"Alam-Chal, Alborz", 36.37, 50.96, "CA"},
    {"Khumbu Glacier", 27.97, 86.83, "HMA"},
    {"Baltoro Glacier", 35.74, 76.38, "HMA"},
    {"Fedchenko Glacier", 38.84, 72.23, "HMA"},
    {"Chhota Shigri", 32.23, 77.52, "HMA"},
    {"Urumqi No. 1", 43.11, 86.81, "HMA"},
    {"Yanong Glacier, Nyainqentanglha", 29.33, 96.70, "HMA"},
    {"Qilian Mountains", 39.23, 97.75, "HMA"},
    {"Gongga", 29.60, 101.88, "HMA"},
    {"Quelccaya Ice Cap", -13.93, -70.82, "LL"},
    {"Antisana", -0.48, -78.14, "LL"},
    {"Zongo Glacier", -16.27, -68.15, "LL"},
    {"Citlaltepetl, Mexico", 19.03, -97.27, "LL"},
    {"Kilimanjaro", -3.07, 37.35, "LL"},
    {"Puncak Jaya", -4.08, 137.16, "LL"},
    {"Perito Moreno", -50.49, -73.05, "SA"},
    {"Echaurren Norte", -33.58, -70.13, "SA"},
    {"Cordillera Darwin", -54.70, -69.50, "SA"},
    {"Tasman Glacier", -43.52, 170.32, "NZ"},
    {"Franz Josef Glacier", -43.49, 170.19, "NZ"},
    {"Ruapehu", -39.28, 175.57, "NZ"},
    {"Hurd Peninsula, Livingston Island", -62.69, -60.40, "AN"},
    {"South Georgia", -54.40, -36.60, "AN"},
    {"Cook Ice Cap, Kerguelen", -49.30, 69.10, "AN"},
    {"Heard Island", -53.10, 73.52, "AN"},
    {"Bouvet Island", -54.42, 3.36, "AN"},
    {"Balleny Islands", -66.90, 163.30, "AN"},
    {"Roosevelt Island, Ross Ice Shelf", -79.40, -162.00, "AN"},
    {"South Pole", -90.00, 0.00, "AN"},
    {"Attu, west of the antimeridian", 52.90, 172.90, "unknown"},
    {"Sahara", 23.00, 10.00, "unknown"},
    {"Hawaii", 19.80, -155.50, "unknown"},
};

models::Manifest model(int location) {
    models::Manifest made;
    made.name = "test";
    made.network.location = location;
    made.strategy = location == 12  ? models::Strategy::RegionEncoding
                    : location == 4 ? models::Strategy::CoordinateEncoding
                                    : models::Strategy::Global;
    return made;
}

/// A scene of 60 km around a place.
scene::Scene sceneAt(double latitude, double longitude) {
    scene::Scene made;
    made.grid.crs = geo::Crs::utmAround(longitude, latitude);
    const geo::CoordinateTransform toMap(geo::Crs::fromUserInput("EPSG:4326"), made.grid.crs);
    const auto centre = toMap(geo::Point{longitude, latitude});
    made.grid.pixelSize = 30;
    made.grid.columns = 2000;
    made.grid.rows = 2000;
    made.grid.left = centre.x - 30'000;
    made.grid.top = centre.y + 30'000;
    return made;
}

std::string errorOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

std::size_t hot(const std::vector<float>& vector) {
    const auto one = std::find(vector.begin(), vector.end(), 1.0F);
    const auto zeros = std::count(vector.begin(), vector.end(), 0.0F);
    return zeros + 1 == static_cast<std::ptrdiff_t>(vector.size())
               ? static_cast<std::size_t>(one - vector.begin())
               : vector.size();
}

} // namespace

class LocationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knownGlaciersLieInTheirRegions_data() {
        QTest::addColumn<double>("latitude");
        QTest::addColumn<double>("longitude");
        QTest::addColumn<QString>("region");
        for (const auto& place : places) {
            QTest::newRow(place.name) << place.latitude << place.longitude << QString(place.region);
        }
    }
    void knownGlaciersLieInTheirRegions() {
        QFETCH(double, latitude);
        QFETCH(double, longitude);
        QFETCH(QString, region);
        std::vector<std::string> warnings;
        QCOMPARE(QString::fromStdString(regionAt(latitude, longitude, warnings)), region);
        QCOMPARE(warnings.empty(), region != "unknown");
        // Another turn around the Earth is the same place.
        QCOMPARE(QString::fromStdString(regionAt(latitude, longitude + 360, warnings)), region);
    }

    void theWarningNamesTheRegionThatWasNotTrainedOn() {
        std::vector<std::string> warnings;
        regionAt(64.42, -16.8, warnings);
        QVERIFY(warnings.front().find("06 (Iceland)") != std::string::npos);
        QVERIFY(warnings.front().find("64.4° N 16.8° W") != std::string::npos);
        regionAt(23, 10, warnings);
        QVERIFY(warnings.back().find("no region") != std::string::npos);
        QVERIFY_EXCEPTION_THROWN(regionAt(91, 0, warnings), Error);
        QVERIFY_EXCEPTION_THROWN(regionAt(std::nan(""), 0, warnings), Error);
    }

    void everyPublishedRegionIsSomewhereAndTheLastIsUnknown() {
        QCOMPARE(publishedRegions().size(), std::size_t{12});
        QVERIFY(std::is_sorted(publishedRegions().begin(), publishedRegions().end() - 1));
        QCOMPARE(publishedRegions().back(), std::string("unknown"));
        std::set<std::string> codes;
        for (const auto& region : glacierRegions()) {
            codes.insert(region.code.empty() ? "unknown" : region.code);
        }
        QCOMPARE(codes, std::set<std::string>(publishedRegions().begin(), publishedRegions().end()));
    }

    void regionEncodingIsOneHotInThePublishedOrder() {
        const auto alps = locationFor(model(12), sceneAt(46.8, 10.8), "auto");
        QCOMPARE(hot(alps.vector), std::size_t{0});
        QCOMPARE(alps.description, std::string("region ALP"));
        QVERIFY(alps.warnings.empty());
        QCOMPARE(hot(locationFor(model(12), sceneAt(78.8, 13), "auto").vector), std::size_t{10});
        QCOMPARE(hot(locationFor(model(12), sceneAt(46.8, 10.8), "HMA").vector), std::size_t{5});
        QCOMPARE(hot(locationFor(model(12), sceneAt(46.8, 10.8), "unknown").vector), std::size_t{11});
        const auto iceland = locationFor(model(12), sceneAt(64.4, -16.8), "auto");
        QCOMPARE(hot(iceland.vector), std::size_t{11});
        QCOMPARE(iceland.description, std::string("unknown region"));
        QCOMPARE(iceland.warnings.size(), std::size_t{1});
    }

    void aModelsOwnRegionsComeBeforeThePublishedOnes() {
        auto own = model(12);
        own.regions = {"one", "SC", "three", "4", "5", "6", "7", "8", "9", "10", "11", "unknown"};
        QCOMPARE(hot(locationFor(own, sceneAt(67.9, 18.6), "auto").vector), std::size_t{1});
        QCOMPARE(hot(locationFor(own, sceneAt(67.9, 18.6), "three").vector), std::size_t{2});
        const auto alps = locationFor(own, sceneAt(46.8, 10.8), "auto");
        QCOMPARE(hot(alps.vector), std::size_t{11});
        QVERIFY(alps.warnings.front().find("ALP") != std::string::npos);
    }

    void aMixtureIsTakenAsGiven() {
        const auto scene = sceneAt(46.8, 10.8);
        const auto mixed = locationFor(model(12), scene, "0.25,0,0, 0.5,0,0,0,0,0,0,0,0.25");
        QCOMPARE(mixed.vector, (std::vector<float>{0.25F, 0, 0, 0.5F, 0, 0, 0, 0, 0, 0, 0, 0.25F}));
        QVERIFY(mixed.warnings.empty());
        QCOMPARE(locationFor(model(12), scene, "1,1,1,1,1,1,1,1,1,1,1,1").warnings.size(), std::size_t{1});
        for (const char* wrong :
             {"0.5,0.5", "1,2,3,4,5,6,7,8,9,10,11,12,13", "-1,2,0,0,0,0,0,0,0,0,0,0",
              "0,0,0,0,0,0,0,0,0,0,0,0", "nan,1,0,0,0,0,0,0,0,0,0,0", "1,0,0,0,0,0,0,0,0,0,0,", "XX", ""}) {
            QVERIFY2(!errorOf([&] { locationFor(model(12), scene, wrong); }).empty(), wrong);
        }
        QVERIFY(errorOf([&] { locationFor(model(12), scene, "XX"); }).find("SVAL") != std::string::npos);
    }

    void eachTileHasItsOwnCoordinates() {
        const auto scene = sceneAt(-43.5, 170.3);
        const auto location = locationFor(model(4), scene, "auto");
        QVERIFY(location.vector.empty());
        QVERIFY(isCoordinateEncoding(model(4)) && !isCoordinateEncoding(model(12)) &&
                !isCoordinateEncoding(model(0)));
        // The tile in the scene's middle, and one at its upper edge, 30 km further north.
        const TileCoordinates coordinates(scene.grid);
        const auto middle = coordinates.at({968, 968, 64, 64});
        const auto north = coordinates.at({968, -32, 64, 64});
        QVERIFY(std::abs(std::asin(static_cast<double>(middle[0])) * 180 / std::numbers::pi + 43.5) < 1e-4);
        QVERIFY(std::abs(std::asin(static_cast<double>(north[0])) * 180 / std::numbers::pi + 43.23) < 1e-3);
    }

    void coordinatesAreSinesAndCosinesOfRadians() {
        const auto vector = coordinateVector({170.3, -43.5});
        const double degree = std::numbers::pi / 180;
        const std::array<double, 4> expected{std::sin(-43.5 * degree), std::cos(-43.5 * degree),
                                             std::sin(170.3 * degree), std::cos(170.3 * degree)};
        QCOMPARE(vector.size(), expected.size());
        for (std::size_t i = 0; i < expected.size(); ++i) {
            QVERIFY(std::abs(static_cast<double>(vector[i]) - expected[i]) < 1e-6);
        }
        QVERIFY_EXCEPTION_THROWN(locationFor(model(4), sceneAt(46.8, 10.8), "ALP"), Error);
    }

    void aModelWithoutLocationTakesNone() {
        const auto location = locationFor(model(0), sceneAt(46.8, 10.8), "auto");
        QVERIFY(location.vector.empty() && location.description.empty() && location.warnings.empty());
        QVERIFY_EXCEPTION_THROWN(locationFor(model(0), sceneAt(46.8, 10.8), "ALP"), Error);
    }

    void aModelOfOneRegionWarnsElsewhere() {
        auto alpine = model(0);
        alpine.strategy = models::Strategy::Finetuned;
        alpine.regions = {"ALP"};
        QVERIFY(locationFor(alpine, sceneAt(46.8, 10.8), "auto").warnings.empty());
        QCOMPARE(locationFor(alpine, sceneAt(46.8, 10.8), "auto").description, std::string("model of ALP"));
        QCOMPARE(locationFor(alpine, sceneAt(28, 86.8), "auto").warnings.size(), std::size_t{1});
        QCOMPARE(locationFor(alpine, sceneAt(64.4, -16.8), "auto").warnings.size(), std::size_t{1});
    }

    void aSetChoosesTheModelOfTheScenesRegion() {
        const models::ModelSet set{"regional",
                                   {{"alps-and-caucasus", {"ALP", "CA"}, {}},
                                    {"asia", {"HMA"}, {}},
                                    {"khumbu", {}, {{86.5, 27.7}, {87.1, 27.7}, {87.1, 28.2}, {86.5, 28.2}}},
                                    {"fiji", {}, {{177, -19}, {183, -19}, {183, -16}, {177, -16}}}},
                                   "global"};
        std::vector<std::string> warnings;
        QCOMPARE(modelFor(set, sceneAt(46.8, 10.8), warnings), std::string("alps-and-caucasus"));
        QCOMPARE(modelFor(set, sceneAt(43.3, 42.4), warnings), std::string("alps-and-caucasus"));
        QCOMPARE(modelFor(set, sceneAt(35.7, 76.4), warnings), std::string("asia"));
        // A polygon is more particular than a region, wherever in the set it stands.
        QCOMPARE(modelFor(set, sceneAt(27.97, 86.83), warnings), std::string("khumbu"));
        QCOMPARE(modelFor(set, sceneAt(-17, -178), warnings), std::string("fiji"));
        QCOMPARE(modelFor(set, sceneAt(-17, 178), warnings), std::string("fiji"));
        QVERIFY(warnings.empty());
        QCOMPARE(modelFor(set, sceneAt(64.4, -16.8), warnings), std::string("global"));
        QCOMPARE(warnings.size(), std::size_t{1});
        auto closed = set;
        closed.elsewhere.clear();
        const auto message = errorOf([&] { modelFor(closed, sceneAt(64.4, -16.8), warnings); });
        QVERIFY(message.find("ALP, CA, HMA") != std::string::npos);
    }

    void aSetIsFoundByNameAndReadAsItWasWritten() {
        QTemporaryDir folder;
        const std::filesystem::path path = folder.path().toStdString();
        const models::ModelSet set{
            "regional",
            {{"alps", {"ALP"}, {}}, {"tasman", {}, {{170, -44}, {171, -44}, {171, -43}}}},
            "global"};
        models::writeModelSet(set, path / "regional.model-set.json");
        QVERIFY(models::readModelSet(path / "regional.model-set.json") == set);
        QVERIFY(models::findModelSet({{}, path}, "regional") == set);
        QVERIFY(models::findModelSet({}, (path / "regional.model-set.json").string()) == set);
        QVERIFY(!models::findModelSet({path}, "starter"));
        // Models beside the set, not by name.
        models::writeModelSet({"beside", {{"./alps", {"ALP"}, {}}}, "/elsewhere/model"},
                              path / "beside.model-set.json");
        const auto beside = models::readModelSet(path / "beside.model-set.json");
        QCOMPARE(beside.members.front().model, std::filesystem::absolute(path / "alps").string());
        QCOMPARE(beside.elsewhere, std::string("/elsewhere/model"));
    }

    void aDamagedSetIsRefusedWithTheReason_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("reason");
        const QString head = R"({"format": "nunatak-model-set", "format_version": 1, "name": "x")";
        QTest::newRow("not JSON") << "{"
                                  << "JSON";
        QTest::newRow("too deep") << QString(10'000, '[') << "JSON";
        QTest::newRow("a list") << "[]"
                                << "JSON";
        QTest::newRow("another format") << R"({"format": "nunatak-model"})"
                                        << "format";
        QTest::newRow("another version") << R"({"format": "nunatak-model-set", "format_version": 2})"
                                         << "version";
        QTest::newRow("no members") << head + "}"
                                    << "members";
        QTest::newRow("a member that is a number") << head + R"(, "members": [3]})"
                                                   << "object";
        QTest::newRow("a member for nowhere") << head + R"(, "members": [{"model": "a"}]})"
                                              << "neither";
        QTest::newRow("a region that is a number")
            << head + R"(, "members": [{"model": "a", "regions": [1]}]})"
            << "codes";
        QTest::newRow("two corners") << head + R"(, "members": [{"model": "a", "polygon": [[1,2],[3,4]]}]})"
                                     << "corners";
        QTest::newRow("a corner beyond the pole")
            << head + R"(, "members": [{"model": "a", "polygon": [[1,2],[3,4],[5,91]]}]})"
            << "corner";
        QTest::newRow("elsewhere is a number")
            << head + R"(, "members": [{"model": "a", "regions": ["ALP"]}], "elsewhere": 1})"
            << "elsewhere";
    }
    void aDamagedSetIsRefusedWithTheReason() {
        QFETCH(QString, text);
        QFETCH(QString, reason);
        QTemporaryDir folder;
        const auto file = std::filesystem::path(folder.path().toStdString()) / "x.model-set.json";
        std::ofstream(file) << text.toStdString();
        const auto message = errorOf([&] { models::findModelSet({file.parent_path()}, "x"); });
        QVERIFY2(message.find(reason.toStdString()) != std::string::npos, message.c_str());
        QVERIFY(message.find(file.string()) != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(LocationTest)
#include "location_test.moc"
