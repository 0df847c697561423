// SPDX-License-Identifier: GPL-3.0-or-later
#include "distance_transform.h"

#include <cmath>
#include <limits>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::comparison;

class DistanceTransformTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPixelFindsItsNearestSeed() {
        // Against the definition, for sparse and dense seeds.
        for (const unsigned density : {2U, 20U, 200U}) {
            Image<std::int32_t> seeds(1, 37, 53);
            std::uint32_t state = density;
            std::int32_t label = 0;
            for (auto& pixel : seeds.values()) {
                state = state * 1664525U + 1013904223U;
                pixel = (state >> 20U) % 1000U < density ? ++label : 0;
            }
            const auto nearest = nearestSeed(seeds);
            for (int row = 0; row < 37; ++row) {
                for (int column = 0; column < 53; ++column) {
                    int least = std::numeric_limits<int>::max();
                    for (int r = 0; r < 37; ++r) {
                        for (int c = 0; c < 53; ++c) {
                            if (seeds.at(0, r, c) != 0) {
                                least = std::min(least, (r - row) * (r - row) + (c - column) * (c - column));
                            }
                        }
                    }
                    if (label == 0) {
                        QVERIFY(std::isinf(nearest.distance.at(0, row, column)));
                        continue;
                    }
                    QCOMPARE(nearest.distance.at(0, row, column), static_cast<float>(std::sqrt(least)));
                    // The label is one of a seed at that distance.
                    bool found = false;
                    for (int r = 0; r < 37; ++r) {
                        for (int c = 0; c < 53; ++c) {
                            found |= seeds.at(0, r, c) == nearest.label.at(0, row, column) &&
                                     (r - row) * (r - row) + (c - column) * (c - column) == least;
                        }
                    }
                    QVERIFY(found);
                }
            }
        }
    }

    void withoutSeedsNothingIsNear() {
        const auto nearest = nearestSeed(Image<std::int32_t>(1, 3, 4));
        for (std::size_t i = 0; i < 12; ++i) {
            QVERIFY(std::isinf(nearest.distance.values()[i]));
            QCOMPARE(nearest.label.values()[i], 0);
        }
    }
};

QTEST_GUILESS_MAIN(DistanceTransformTest)
#include "distance_transform_test.moc"
