// SPDX-License-Identifier: GPL-3.0-or-later
#include "../scene/simulation/simulation_fixture.h"
#include "geo/shape_operations.h"
#include "prediction/class_polygons.h"
#include "prediction/confidence.h"
#include "prediction/polygonise.h"
#include "prediction/smoothed_arc.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <random>
#include <set>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::prediction;

namespace {

using Classes = Image<std::uint8_t>;

constexpr double pixel = 30;

geo::Grid gridOf(const Classes& classes, double pixelSize = pixel) {
    return {
        geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, pixelSize, classes.columns(), classes.rows()};
}

/// Speckle of a share of ice; smoothed, it hangs together in lobes with islands and channels.
Classes randomClasses(unsigned seed, int size, double share, int median, double unknown = 0) {
    std::mt19937 random(seed);
    const auto draw = [&] { return static_cast<double>(random()) / 4294967296.0; };
    Classes classes(1, size, size);
    for (auto& value : classes.values()) {
        value = draw() < share ? Glacier : Background;
    }
    classes = medianFilter(classes, median);
    for (auto& value : classes.values()) {
        if (unknown > 0 && draw() < unknown) {
            value = NotPredicted;
        }
    }
    return classes;
}

template <typename Inside> Classes drawn(int columns, int rows, const Inside& inside) {
    Classes classes(1, rows, columns);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            classes.at(0, row, column) = inside(column + 0.5, row + 0.5) ? Glacier : Background;
        }
    }
    return classes;
}

/// The glaciers of an invented place, each a class of its own, as they share divides.
Classes inventedGlaciers() {
    static const tests::SmallPlace place;
    const auto& numbers = place.glaciers.numbers;
    Classes classes(1, numbers.rows(), numbers.columns());
    std::transform(numbers.values().begin(), numbers.values().end(), classes.values().begin(),
                   [](std::int32_t number) { return static_cast<std::uint8_t>(number % 255); });
    return classes;
}

Classes iceOf(Classes classes) {
    for (auto& value : classes.values()) {
        value = isOutlined(value) ? std::uint8_t{Glacier} : value;
    }
    return classes;
}

std::vector<geo::Ring> ringsOf(const geo::Polygon& polygon) {
    std::vector<geo::Ring> rings{polygon.outer};
    rings.insert(rings.end(), polygon.holes.begin(), polygon.holes.end());
    return rings;
}

double distance(geo::Point p, geo::Point a, geo::Point b) {
    const double dx = b.x - a.x;
    const double dy = b.y - a.y;
    const double length = dx * dx + dy * dy;
    const double t = length > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / length, 0.0, 1.0) : 0;
    return std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy);
}

/// The farthest that a boundary goes from another one, looked at four times a pixel.
double farthest(const geo::Polygon& from, const geo::Polygon& to) {
    // Segments by the cells that they are near to.
    std::map<std::pair<int, int>, std::vector<std::pair<geo::Point, geo::Point>>> near;
    const auto segments = [](const geo::Polygon& polygon, const auto& work) {
        for (const auto& ring : ringsOf(polygon)) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                work(ring[i], ring[(i + 1) % ring.size()]);
            }
        }
    };
    const auto along = [](geo::Point a, geo::Point b, const auto& work) {
        const int pieces = static_cast<int>(std::ceil(4 * std::hypot(b.x - a.x, b.y - a.y) / pixel));
        for (int i = 0; i < pieces; ++i) {
            const double t = static_cast<double>(i) / pieces;
            work(geo::Point{a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
        }
    };
    const auto cellOf = [](geo::Point p) {
        return std::pair{static_cast<int>(std::floor(p.x / pixel)),
                         static_cast<int>(std::floor(p.y / pixel))};
    };
    segments(to, [&](geo::Point a, geo::Point b) {
        std::set<std::pair<int, int>> cells;
        along(a, b, [&](geo::Point p) {
            const auto [x, y] = cellOf(p);
            for (int dx = -1; dx <= 1; ++dx) {
                for (int dy = -1; dy <= 1; ++dy) {
                    cells.emplace(x + dx, y + dy);
                }
            }
        });
        for (const auto& cell : cells) {
            near[cell].emplace_back(a, b);
        }
    });
    double worst = 0;
    segments(from, [&](geo::Point a, geo::Point b) {
        along(a, b, [&](geo::Point p) {
            double least = 1e9;
            for (const auto& [c, d] : near[cellOf(p)]) {
                least = std::min(least, distance(p, c, d));
            }
            worst = std::max(worst, least);
        });
    });
    return worst;
}

struct Figures {
    std::size_t glaciers = 0;
    std::size_t smoothedVertices = 0;
    std::size_t rawVertices = 0;
    double away = 0;      ///< Hausdorff distance, pixels
    double areaLarge = 0; ///< largest share by which an area of 0.1 km² and more changed
    double areaSmall = 0;
};

/// Both forms of the same classes, piece by piece.
Figures compared(const Classes& classes) {
    const auto grid = gridOf(classes);
    const auto smoothed = polygonise(classes, grid, 0, OutlineForm::Smoothed).glaciers;
    const auto raw = polygonise(classes, grid, 0, OutlineForm::Raw).glaciers;
    Figures figures;
    figures.glaciers = raw.size();
    if (smoothed.size() != raw.size()) {
        figures.away = 1e9;
        return figures;
    }
    for (std::size_t i = 0; i < raw.size(); ++i) {
        figures.smoothedVertices += geo::vertexCount(smoothed[i]);
        figures.rawVertices += geo::vertexCount(raw[i]);
        figures.away = std::max({figures.away, farthest(smoothed[i].front(), raw[i].front()) / pixel,
                                 farthest(raw[i].front(), smoothed[i].front()) / pixel});
        const double before = geo::geodesicArea(raw[i], grid.crs);
        const double change = std::abs(geo::geodesicArea(smoothed[i], grid.crs) / before - 1);
        auto& worst = before >= 1e5 ? figures.areaLarge : figures.areaSmall;
        worst = std::max(worst, change);
    }
    return figures;
}

void verifyTopology(const Classes& classes, const std::vector<geo::MultiPolygon>& shapes) {
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        QCOMPARE(QString::fromStdString(geo::invalidReason(shapes[i])), QString());
        for (std::size_t j = 0; j < i; ++j) {
            if (geo::extentOf(shapes[i]).intersects(geo::extentOf(shapes[j]))) {
                QVERIFY(geo::planarArea(geo::intersection(shapes[i], shapes[j])) < 1e-9 * pixel * pixel);
            }
        }
    }
    const auto labels = rasterise(shapes, gridOf(classes));
    for (std::size_t i = 0; i < labels.bandSize(); ++i) {
        QCOMPARE(labels.values()[i] != 0, isOutlined(classes.values()[i]));
    }
}

std::vector<geo::MultiPolygon> smoothedLabels(const Classes& classes) {
    const auto grid = gridOf(classes);
    std::vector<geo::MultiPolygon> shapes;
    for (auto& polygon : classPolygons(classes, false, smoothedArc)) {
        for (auto* ring : {&polygon.outer}) {
            for (auto& vertex : *ring) {
                vertex = grid.toMap(vertex.x, vertex.y);
            }
        }
        for (auto& hole : polygon.holes) {
            for (auto& vertex : hole) {
                vertex = grid.toMap(vertex.x, vertex.y);
            }
        }
        shapes.push_back({std::move(polygon)});
    }
    return shapes;
}

using Edge = std::tuple<double, double, double, double>;

std::vector<std::pair<geo::Point, geo::Point>> edgesOf(const std::vector<geo::MultiPolygon>& shapes) {
    std::vector<std::pair<geo::Point, geo::Point>> edges;
    for (const auto& shape : shapes) {
        for (const auto& ring : ringsOf(shape.front())) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                edges.emplace_back(ring[i], ring[(i + 1) % ring.size()]);
            }
        }
    }
    return edges;
}

/// Every edge that has another outline on its other side is an edge of that one, number by number. Returns
/// how many are.
int verifyShared(const std::vector<geo::MultiPolygon>& shapes) {
    const auto edges = edgesOf(shapes);
    std::set<Edge> known;
    for (const auto& [a, b] : edges) {
        known.emplace(a.x, a.y, b.x, b.y);
    }
    const auto fine = 1e-4 * pixel;
    int shared = 0;
    for (const auto& [a, b] : edges) {
        const double length = std::hypot(b.x - a.x, b.y - a.y);
        // Just beside its middle, on the right, where its own region is not.
        const geo::Point beside{(a.x + b.x) / 2 + fine * (b.y - a.y) / length,
                                (a.y + b.y) / 2 - fine * (b.x - a.x) / length};
        const bool hasNeighbour = std::any_of(
            shapes.begin(), shapes.end(), [&](const auto& shape) { return geo::contains(shape, beside); });
        const bool isShared = known.contains({b.x, b.y, a.x, a.y});
        if (hasNeighbour != isShared) {
            return -1;
        }
        shared += isShared ? 1 : 0;
    }
    return shared;
}

} // namespace

class SmoothedOutlinesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void outlinesKeepWithinHalfAPixelAndKeepTheirAreas_data() {
        QTest::addColumn<Classes>("classes");
        for (unsigned seed = 1; seed <= 4; ++seed) {
            QTest::addRow("speckle %u", seed) << randomClasses(seed, 150, 0.55, 1);
            QTest::addRow("speckle with gaps %u", seed) << randomClasses(seed, 150, 0.6, 1, 0.05);
            QTest::addRow("lobes %u", seed) << randomClasses(seed, 300, 0.5, 9);
            QTest::addRow("large lobes %u", seed) << randomClasses(seed, 500, 0.5, 31);
        }
        QTest::addRow("simulated scene") << iceOf(inventedGlaciers());
    }

    void outlinesKeepWithinHalfAPixelAndKeepTheirAreas() {
        QFETCH(Classes, classes);
        const auto figures = compared(classes);
        qInfo("%zu glaciers, %zu vertices of %zu, %.4f pixels away, areas %.2e (large) %.2e (small)",
              figures.glaciers, figures.smoothedVertices, figures.rawVertices, figures.away,
              figures.areaLarge, figures.areaSmall);
        QVERIFY(figures.glaciers > 0);
        QVERIFY(figures.away > 0.1); // they are smoothed
        QVERIFY(figures.away <= 0.5);
        QVERIFY(figures.areaLarge < 0.001);
        QVERIFY(figures.areaSmall < 0.01);
        verifyTopology(classes, polygonise(classes, gridOf(classes), 0, OutlineForm::Smoothed).glaciers);
    }

    void aSceneHasFewerVerticesSmoothed() {
        const auto figures = compared(iceOf(inventedGlaciers()));
        QVERIFY2(figures.smoothedVertices < 0.8 * static_cast<double>(figures.rawVertices),
                 qPrintable(QString("%1 of %2").arg(figures.smoothedVertices).arg(figures.rawVertices)));
    }

    void neighboursShareTheirBoundaryNumberByNumber() {
        // Ice with divides: each part belongs to the nearest of some summits.
        auto divided = randomClasses(8, 240, 0.52, 25);
        std::mt19937 summits(4);
        std::array<std::pair<double, double>, 30> places;
        for (auto& place : places) {
            place = {static_cast<double>(summits() % 240), static_cast<double>(summits() % 240)};
        }
        for (int row = 0; row < 240; ++row) {
            for (int column = 0; column < 240; ++column) {
                const auto nearest =
                    std::min_element(places.begin(), places.end(), [&](const auto& a, const auto& b) {
                        return std::hypot(a.first - column, a.second - row) <
                               std::hypot(b.first - column, b.second - row);
                    });
                auto& value = divided.at(0, row, column);
                value = value == Glacier ? static_cast<std::uint8_t>(1 + (nearest - places.begin()))
                                         : std::uint8_t{Background};
            }
        }
        for (const auto& [classes, least] : {std::pair{divided, 200}, {inventedGlaciers(), 2}}) {
            const auto shapes = smoothedLabels(classes);
            QVERIFY(shapes.size() > 3);
            verifyTopology(classes, shapes);
            const int shared = verifyShared(shapes);
            QVERIFY2(shared >= least, qPrintable(QString::number(shared)));
        }
        // And with every kind of junction that there is.
        std::mt19937 random(3);
        Classes speckle(1, 80, 80);
        for (auto& value : speckle.values()) {
            constexpr std::array<std::uint8_t, 6> kinds{1, 2, 3, 1, Background, NotPredicted};
            value = kinds[random() % kinds.size()];
        }
        const auto pieces = smoothedLabels(speckle);
        verifyTopology(speckle, pieces);
        QVERIFY(verifyShared(pieces) > 1000);
    }

    void anOutlineInsideAnotherFillsItsHole() {
        auto classes = drawn(60, 60, [](double x, double y) { return std::hypot(x - 30, y - 30) < 26; });
        for (int row = 0; row < 60; ++row) {
            for (int column = 0; column < 60; ++column) {
                if (std::hypot((column - 33.0) / 1.7, row - 28.0) < 6) {
                    classes.at(0, row, column) = 2;
                }
            }
        }
        const auto shapes = smoothedLabels(classes);
        QCOMPARE(shapes.size(), std::size_t{2});
        QCOMPARE(shapes.front().front().holes.size(), std::size_t{1});
        auto hole = shapes.front().front().holes.front();
        const auto& island = shapes.back().front().outer;
        std::reverse(hole.begin(), hole.end());
        const auto begin = std::find(hole.begin(), hole.end(), island.front());
        QVERIFY(begin != hole.end());
        std::rotate(hole.begin(), begin, hole.end());
        QVERIFY(hole == island);
    }

    void aStraightMarginBecomesStraight() {
        for (const double slope : {0.0, 0.06, 0.13, 0.29, 0.41, 0.5, 0.77, 1.0}) {
            const int size = 200;
            const auto classes =
                drawn(size, size, [&](double x, double y) { return y > 60 + slope * (x - 100) + 0.37; });
            const auto grid = gridOf(classes);
            const auto shape = polygonise(classes, grid, 0, OutlineForm::Smoothed).glaciers.front();
            double length = 0;
            double away = 0;
            std::size_t vertices = 0;
            const auto& ring = shape.front().outer;
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const auto a = grid.toPixel(ring[i]);
                const auto b = grid.toPixel(ring[(i + 1) % ring.size()]);
                if (std::min(a.x, b.x) < 40 || std::max(a.x, b.x) > 160 || std::max(a.y, b.y) > 150) {
                    continue; // the corners at the raster's edge, and its other sides
                }
                ++vertices;
                length += std::hypot(a.x - b.x, a.y - b.y) / std::hypot(1, slope);
                for (const auto& p : {a, b}) {
                    away = std::max(away,
                                    std::abs(p.y - 60 - slope * (p.x - 100) - 0.37) / std::hypot(1, slope));
                }
            }
            qInfo("slope %.2f: %zu vertices on %.0f pixels, %.3f away", slope, vertices, length, away);
            QVERIFY(vertices < length / 2);
            QVERIFY2(away < 0.5, qPrintable(QString::number(away)));
        }
    }

    void aRoundMarginIsAsLongAsItIs() {
        for (const double radius : {3.2, 7.5, 20.0, 60.0, 180.0}) {
            const int size = static_cast<int>(2 * radius + 20);
            const double middle = size / 2.0 + 0.31;
            const auto classes = drawn(
                size, size, [&](double x, double y) { return std::hypot(x - middle, y - middle) < radius; });
            const auto grid = gridOf(classes);
            const auto shape = polygonise(classes, grid, 0, OutlineForm::Smoothed).glaciers.front();
            const auto& ring = shape.front().outer;
            double length = 0;
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const auto& next = ring[(i + 1) % ring.size()];
                length += std::hypot(ring[i].x - next.x, ring[i].y - next.y) / pixel;
            }
            const double ratio = length / (2 * std::numbers::pi * radius); // of stairs: 1.27
            qInfo("radius %.1f: %zu vertices, length %.4f", radius, ring.size(), ratio);
            QVERIFY2(std::abs(ratio - 1) < (radius < 5 ? 0.06 : 0.03), qPrintable(QString::number(ratio)));
        }
    }

    void whatChangesInAPlaceMovesNoVertexFarAway() {
        auto classes = randomClasses(5, 600, 0.5, 41);
        const auto grid = gridOf(classes);
        const auto verticesOf = [&](const Classes& some) {
            std::set<std::pair<double, double>> vertices;
            for (const auto& [a, b] : edgesOf(polygonise(some, grid, 0, OutlineForm::Smoothed).glaciers)) {
                vertices.emplace(a.x, a.y);
            }
            return vertices;
        };
        const auto before = verticesOf(classes);
        // A block in one corner is predicted anew: ice everywhere, which joins what was apart there.
        constexpr int changed = 120;
        for (int row = 0; row < changed; ++row) {
            std::fill_n(classes.row(0, row), changed, std::uint8_t{Glacier});
        }
        const auto after = verticesOf(classes);
        std::vector<std::pair<double, double>> differing;
        std::set_symmetric_difference(before.begin(), before.end(), after.begin(), after.end(),
                                      std::back_inserter(differing));
        QVERIFY(!differing.empty());
        constexpr double reach = 150;
        for (const auto& [x, y] : differing) {
            const auto place = grid.toPixel({x, y});
            QVERIFY2(std::max(place.x, place.y) < changed + reach,
                     qPrintable(QString("%1 %2").arg(place.x).arg(place.y)));
        }
    }

    void theRimOfARegionStaysAsItIs() {
        auto classes = randomClasses(6, 200, 0.55, 15);
        const auto whole = classes;
        for (int row = 0; row < 200; ++row) {
            for (int column = 0; column < 200; ++column) {
                if (column < 50 || column >= 140 || row < 30 || row >= 170 - column / 4) {
                    classes.at(0, row, column) = NotPredicted;
                }
            }
        }
        auto rest = whole; // what lies beyond
        for (std::size_t i = 0; i < rest.values().size(); ++i) {
            if (classes.values()[i] != NotPredicted) {
                rest.values()[i] = NotPredicted;
            }
        }
        auto shapes = polygonise(classes, gridOf(classes), 0, OutlineForm::Smoothed).glaciers;
        const auto beyond = polygonise(rest, gridOf(rest), 0, OutlineForm::Smoothed).glaciers;
        const std::size_t count = shapes.size();
        shapes.insert(shapes.end(), beyond.begin(), beyond.end());
        QVERIFY(count > 2 && beyond.size() > 2);
        verifyTopology(whole, shapes); // no overlaps between them, and no pixel lost
        // Along the rim they leave no gap: their area together is that of the whole.
        double area = 0;
        for (const auto& shape : shapes) {
            area += geo::planarArea(shape);
        }
        double united = geo::planarArea(geo::unionOf(shapes));
        QVERIFY(std::abs(united - area) < 1e-9 * area);
        const auto pixels = std::count(whole.values().begin(), whole.values().end(), Glacier);
        QVERIFY(std::abs(area / pixel / pixel - static_cast<double>(pixels)) < 1e-6);
    }

    void theSmallestPiecesAreSmoothedToo() {
        for (const auto& [columns, rows] : {std::pair{1, 1}, {2, 1}, {1, 5}, {2, 2}, {3, 2}, {40, 1}}) {
            const auto classes = drawn(columns + 4, rows + 4, [&, w = columns, h = rows](double x, double y) {
                return x > 2 && x < 2 + w && y > 2 && y < 2 + h;
            });
            const auto figures = compared(classes);
            QCOMPARE(figures.glaciers, std::size_t{1});
            QVERIFY2(figures.away <= 0.5, qPrintable(QString::number(figures.away)));
            QVERIFY2(figures.areaSmall < 1e-6, qPrintable(QString::number(figures.areaSmall)));
        }
    }
};

QTEST_GUILESS_MAIN(SmoothedOutlinesTest)
#include "smoothed_outlines_test.moc"
