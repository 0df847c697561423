// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/sun.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::ranking;

namespace {

std::chrono::sys_seconds moment(int year, unsigned month, unsigned day, int hours, int minutes, int seconds) {
    return std::chrono::sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day)) +
           std::chrono::hours(hours) + std::chrono::minutes(minutes) + std::chrono::seconds(seconds);
}

scene::Scene sceneInTheAlps() {
    scene::Scene scene;
    scene.date = "2020-08-22";
    scene.grid = {geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, 30, 100, 100};
    return scene;
}

} // namespace

class SunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSunStandsWhereAnEphemerisHasIt_data() {
        QTest::addColumn<double>("days"); // since 1970, in seconds
        QTest::addColumn<double>("longitude");
        QTest::addColumn<double>("latitude");
        QTest::addColumn<double>("elevation");
        QTest::addColumn<double>("azimuth");
        const auto row = [](const char* name, std::chrono::sys_seconds time, double longitude,
                            double latitude, double elevation, double azimuth) {
            QTest::newRow(name) << static_cast<double>(time.time_since_epoch().count()) << longitude
                                << latitude << elevation << azimuth;
        };
        // PyEphem 4.2, without refraction.
        row("Assam", moment(2021, 9, 8, 4, 37, 14), 93.5, 27.5, 63.008, 141.168);
        row("Alps", moment(2020, 8, 22, 10, 5, 32), 10.8, 46.8, 51.437, 150.059);
        row("Andes, the sun in the east", moment(2010, 1, 15, 13, 30, 0), -70.2, -33.5, 44.272, 87.537);
        row("Everest", moment(2000, 10, 30, 4, 40, 0), 86.9, 28.0, 44.255, 153.790);
        row("Svalbard at noon", moment(2021, 6, 21, 12, 0, 0), 0, 80, 33.435, 179.490);
        row("New Zealand, the sun in the north-west", moment(2021, 12, 21, 3, 0, 0), 170.5, -43.6, 54.267,
            292.535);
        row("at the antimeridian", moment(1985, 7, 1, 23, 59, 30), -179.9, 66.5, 46.555, 178.667);
    }
    void theSunStandsWhereAnEphemerisHasIt() {
        QFETCH(double, days);
        QFETCH(double, longitude);
        QFETCH(double, latitude);
        QFETCH(double, elevation);
        QFETCH(double, azimuth);
        const auto sun = solarDirection(
            std::chrono::sys_seconds(std::chrono::seconds(static_cast<long>(days))), longitude, latitude);
        QVERIFY2(std::abs(sun.elevation - elevation) < 0.02,
                 qPrintable(QString::number(sun.elevation, 'f', 4)));
        QVERIFY2(std::abs(sun.azimuth - azimuth) < 0.03, qPrintable(QString::number(sun.azimuth, 'f', 4)));
    }

    void theSunOfALandsatProductIsTheOneItsMetadataTell() {
        // LE07_L1TP_038035_20190618: SCENE_CENTER_TIME 17:58:52.695, the middle of its corners, and its own
        // SUN_ELEVATION and SUN_AZIMUTH (metadata quoted in geo-grpc/api's documentation).
        const auto sun = solarDirection(moment(2019, 6, 18, 17, 58, 53), -113.3352, 36.0495);
        QVERIFY2(std::abs(sun.elevation - 65.7978) < 0.1, qPrintable(QString::number(sun.elevation, 'f', 4)));
        QVERIFY2(std::abs(sun.azimuth - 114.8881) < 0.3, qPrintable(QString::number(sun.azimuth, 'f', 4)));
    }

    void whatTheMetadataTellGoesBeforeWhatIsComputed() {
        auto scene = sceneInTheAlps();
        scene.time = "10:05:32";
        scene.sunElevation = 40;
        scene.sunAzimuth = 100;
        const auto told = sunOf(scene);
        QCOMPARE(told->elevation, 40.0);
        QCOMPARE(told->azimuth.value(), 100.0);
        QVERIFY(!told->isComputed);
        scene.sunElevation.reset();
        scene.sunAzimuth.reset();
        const auto computed = sunOf(scene);
        QVERIFY(computed->isComputed);
        QVERIFY(std::abs(computed->elevation - 51.4) < 0.5);
    }

    void withoutTimeOrDayTheSunIsUnknown() {
        auto scene = sceneInTheAlps();
        QVERIFY(!sunOf(scene));
        scene.time = "10:05:32";
        scene.date = "2020-08"; // a month is no day
        QVERIFY(!sunOf(scene));
        scene.sunElevation = 40; // and an elevation alone casts no shadow
        QVERIFY(!sunOf(scene)->azimuth);
    }

    void daysOfTheYearAreCounted() {
        QCOMPARE(dayOfYear("2021-01-01").value(), 1);
        QCOMPARE(dayOfYear("2021-03-01").value(), 60);
        QCOMPARE(dayOfYear("2020-03-01").value(), 61); // a leap year
        QCOMPARE(dayOfYear("2020-12-31").value(), 366);
        QCOMPARE(dayOfYear("1900-12-31").value(), 365);
        QVERIFY(!dayOfYear("2020-08"));
        QVERIFY(!dayOfYear("2021-02-29"));
        QVERIFY(!dayOfYear(""));
    }
};

QTEST_GUILESS_MAIN(SunTest)
#include "sun_test.moc"
