// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/shape_operations.h"
#include "outlines/edit.h"

#include <cmath>
#include <random>

#include <QtTest>

using namespace nunatak;
using outlines::withVertexMoved;

namespace {

/// A rough circle with bays, `count` vertices.
geo::Ring wavyRing(int count, double radius) {
    geo::Ring ring;
    for (int i = 0; i < count; ++i) {
        const double angle = 2 * 3.14159265358979 * i / count;
        const double distance = radius * (1 + 0.2 * std::sin(9 * angle));
        ring.push_back({500000 + distance * std::cos(angle), 5000000 + distance * std::sin(angle)});
    }
    return ring;
}

bool isRefused(const geo::MultiPolygon& shape, geo::VertexId vertex, geo::Point target) {
    try {
        withVertexMoved(shape, vertex, target);
    } catch (const Error&) {
        return true;
    }
    return false;
}

const geo::MultiPolygon withHoleAndPart{
    {{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{40, 40}, {60, 40}, {60, 60}, {40, 60}}}},
    {{{200, 0}, {300, 0}, {300, 100}, {200, 100}}, {}}};

} // namespace

class OutlineEditTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void onlyTheVertexMoves() {
        const auto moved = withVertexMoved(withHoleAndPart, {0, 1, 2}, {70, 75});
        geo::MultiPolygon expected = withHoleAndPart;
        expected[0].holes[0][2] = {70, 75};
        QVERIFY(moved == expected);
    }

    void aMoveAcrossTheOwnLineIsRefusedWithThePlace() {
        try {
            withVertexMoved({{{{0, 0}, {100, 0}, {100, 100}, {50, 50}, {0, 100}}, {}}}, {0, 0, 3}, {50, -20});
            QFAIL("was accepted");
        } catch (const Error& error) {
            QVERIFY2(std::string(error.what()).find("cross itself near") != std::string::npos, error.what());
        }
    }

    void aHoleMustStayInside() { QVERIFY(isRefused(withHoleAndPart, {0, 1, 2}, {150, 150})); }

    void anOuterLineMustNotLeaveItsHoleOutside() {
        // No line crosses another, but the hole would lie outside.
        const geo::MultiPolygon shape{
            {{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {{{80, 80}, {90, 80}, {90, 90}}}}};
        QVERIFY(isRefused(shape, {0, 0, 2}, {10, 10}));
    }

    void aPartMustNotSwallowAnother() {
        const geo::MultiPolygon shape{{{{0, 0}, {100, 0}, {100, 100}}, {}},
                                      {{{120, 40}, {125, 40}, {125, 45}}, {}}};
        QVERIFY(isRefused(shape, {0, 0, 1}, {300, 0}) ||
                geo::invalidReason(withVertexMoved(shape, {0, 0, 1}, {300, 0})).empty());
        QVERIFY(isRefused(shape, {0, 0, 2}, {400, 400}) ||
                geo::invalidReason(withVertexMoved(shape, {0, 0, 2}, {400, 400})).empty());
    }

    void aSpikeIsRefused() {
        QVERIFY(isRefused({{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}}, {0, 0, 1}, {0, 200}));
    }

    void aVertexThatIsNotThereIsRefused() {
        QVERIFY(isRefused(withHoleAndPart, {0, 0, 4}, {1, 1}));
        QVERIFY(isRefused(withHoleAndPart, {0, 0, -1}, {1, 1}));
        QVERIFY(isRefused(withHoleAndPart, {0, 2, 0}, {1, 1}));
        QVERIFY(isRefused(withHoleAndPart, {2, 0, 0}, {1, 1}));
    }

    void aPlaceWithoutCoordinatesIsRefused() {
        QVERIFY(isRefused(withHoleAndPart, {0, 0, 0}, {std::nan(""), 0}));
    }

    void theQuickCheckAgreesWithTheFullOne() {
        std::mt19937 random(3);
        geo::MultiPolygon shape{{wavyRing(60, 1000), {}}, {wavyRing(20, 100), {}}};
        for (auto& point : shape[1].outer) {
            point.x += 1500;
        }
        shape[0].holes.push_back(wavyRing(12, 200));
        shape[0].holes.push_back(wavyRing(8, 60));
        for (auto& point : shape[0].holes[1]) {
            point.x += 400;
            point.y += 300;
        }
        QVERIFY(geo::invalidReason(shape).empty());
        int refused = 0;
        int kept = 0;
        for (int i = 0; i < 4000; ++i) {
            const int part = static_cast<int>(random() % 2);
            const int ring = part == 0 ? static_cast<int>(random() % 3) : 0;
            const auto& points = geo::ringOf(shape, part, ring);
            const geo::VertexId vertex{part, ring, static_cast<int>(random() % points.size())};
            std::normal_distribution<double> step(0, std::ldexp(20.0, static_cast<int>(random() % 7)));
            geo::Point target = points[static_cast<std::size_t>(vertex.index)];
            target.x += step(random);
            target.y += step(random);
            if (random() % 20 == 0) {
                target = shape[0].outer[random() % 60]; // exactly on another vertex
            }
            geo::MultiPolygon moved = shape;
            geo::ringOf(moved, part, ring)[static_cast<std::size_t>(vertex.index)] = target;
            const bool valid = geo::invalidReason(moved).empty();
            QCOMPARE(isRefused(shape, vertex, target), !valid);
            (valid ? kept : refused) += 1;
        }
        QVERIFY(refused > 400 && kept > 400);
    }

    void aLargeOutlineIsCheckedQuickly() {
        const geo::MultiPolygon shape{{wavyRing(100000, 30000), {}}};
        geo::Point target = shape[0].outer[5000];
        target.x += 0.1;
        QBENCHMARK {
            withVertexMoved(shape, {0, 0, 5000}, target);
        }
    }
};

QTEST_GUILESS_MAIN(OutlineEditTest)
#include "outline_edit_test.moc"
