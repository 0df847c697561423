// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/camera_flight.h"
#include "ui/viewport/camera_history.h"

#include <QtTest>

#include <algorithm>
#include <cmath>

using nunatak::ui::viewport::CameraFlight;
using nunatak::ui::viewport::CameraHistory;
using nunatak::ui::viewport::MapCamera;

namespace {

MapCamera above(double x, double y, double viewHeight, double heading = 0, double tilt = 0) {
    MapCamera camera;
    camera.target = {x, y, 2000};
    camera.viewHeight = viewHeight;
    camera.heading = heading;
    camera.tilt = tilt;
    return camera;
}

double off(const MapCamera& a, const MapCamera& b) {
    return std::hypot(a.target.x - b.target.x, a.target.y - b.target.y) / b.viewHeight +
           std::abs(a.viewHeight / b.viewHeight - 1);
}

} // namespace

class CameraFlightTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itLeadsFromStartToGoal_data() {
        QTest::addColumn<double>("distance");
        QTest::addColumn<double>("goalHeight");
        QTest::newRow("far, as high") << 80'000.0 << 2000.0;
        QTest::newRow("far, closer") << 80'000.0 << 300.0;
        QTest::newRow("near, wider") << 500.0 << 30'000.0;
        QTest::newRow("only zooming") << 0.0 << 150.0;
        QTest::newRow("nowhere") << 0.0 << 2000.0;
    }
    void itLeadsFromStartToGoal() {
        QFETCH(double, distance);
        QFETCH(double, goalHeight);
        const auto from = above(500'000, 3'100'000, 2000);
        const auto to = above(500'000 + distance, 3'100'000, goalHeight, 90, 55);
        const CameraFlight flight(from, to);
        QVERIFY(off(flight.at(0), from) < 1e-9);
        QVERIFY(flight.at(flight.seconds()) == to);
        // It does not jump at its end either.
        QVERIFY(off(flight.at(flight.seconds() - 1e-6), to) < 1e-4);
        QVERIFY(flight.seconds() >= 0.3 && flight.seconds() <= 2);
    }

    void nothingRushesByOnALongWay() {
        // A straight pan over 40 views' heights in the time of this flight would pass far more than a view's
        // height in a tenth of it.
        const CameraFlight flight(above(0, 0, 2000), above(80'000, 0, 2000));
        double fastest = 0;
        double highest = 0;
        const double step = flight.seconds() / 200;
        for (int i = 0; i < 200; ++i) {
            const auto a = flight.at(i * step);
            const auto b = flight.at((i + 1) * step);
            fastest = std::max(fastest, (b.target.x - a.target.x) / a.viewHeight * 20);
            highest = std::max(highest, a.viewHeight);
            QVERIFY(b.target.x >= a.target.x);
        }
        QVERIFY(fastest < 1);
        QVERIFY(highest > 20'000);
    }

    void itTurnsTheShortWay() {
        const CameraFlight flight(above(0, 0, 1000, 350, 0), above(0, 0, 1000, 10, 60));
        const double half = flight.at(flight.seconds() / 2).heading;
        QVERIFY(std::min(half, 360 - half) < 1e-6);
    }

    void headingsStayBetweenNoneAndAWholeTurn() {
        const CameraFlight flight(above(0, 0, 1000, 5, 0), above(500, 0, 1000, 355, 0));
        for (int i = 0; i <= 20; ++i) {
            const double heading = flight.at(flight.seconds() * i / 20).heading;
            QVERIFY(heading >= 0 && heading < 360);
        }
    }

    void heightsFollowTheExaggerationOnTheWay() {
        CameraFlight flight(above(0, 0, 1000), above(5000, 0, 1000));
        flight.scaleHeights(2);
        QVERIFY(std::abs(flight.at(flight.seconds() / 3).target.z - 4000) < 1e-6);
        QCOMPARE(flight.goal().target.z, 4000.0);
    }

    void theWayBackLeadsThroughTheViewsThatWereLeft() {
        CameraHistory history;
        history.leave(above(0, 0, 1000));
        history.leave(above(9000, 0, 500));
        auto now = above(0, 20'000, 800, 0, 55);
        QCOMPARE(history.back(now), above(9000, 0, 500));
        QCOMPARE(history.back(above(9000, 0, 500)), above(0, 0, 1000));
        QVERIFY(!history.back(above(0, 0, 1000)));
    }

    void oneGoByHandIsOneViewHoweverManyStepsItHas() {
        CameraHistory history;
        for (int notch = 0; notch < 20; ++notch) {
            history.drift(above(100.0 * notch, 0, 1000 * std::pow(0.8, notch)), 0.1 * notch);
        }
        QCOMPARE(history.back(above(2000, 0, 12)), above(0, 0, 1000));
        QVERIFY(!history.back(above(0, 0, 1000)));
    }

    void aLittleWayByHandIsNotKeptBesideWhatItBeganAt() {
        CameraHistory history;
        history.leave(above(0, 0, 1000));
        history.drift(above(9000, 0, 1000), 10);                              // looked at, moved a little
        history.leave(above(9100, 0, 1000));                                  // and left
        QCOMPARE(history.back(above(50'000, 0, 1000)), above(9100, 0, 1000)); // as it was seen last
        QCOMPARE(history.back(above(9100, 0, 1000)), above(0, 0, 1000));
        // Who is there again has no need to be led there.
        history.leave(above(0, 0, 1000));
        QVERIFY(!history.back(above(5, 0, 1010)));
    }
};

QTEST_GUILESS_MAIN(CameraFlightTest)
#include "camera_flight_test.moc"
