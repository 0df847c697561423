// SPDX-License-Identifier: GPL-3.0-or-later
// Outlines and regions made one, however their lines meet, beside what GEOS makes of them.
#include "editing/overlay.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "shapes.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace nunatak;
using editing::Overlay;

namespace {

using Random = std::mt19937;

/// Squares of a small board, by chance: shapes that touch in corners, with holes, islands and lines in
/// common.
geo::MultiPolygon board(Random& random, double share, geo::Point origin, double side, int size = 6) {
    std::vector<geo::MultiPolygon> squares;
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column) {
            if (std::uniform_real_distribution<double>(0, 1)(random) < share) {
                const double x = origin.x + side * column, y = origin.y + side * row;
                squares.push_back({{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}}});
            }
        }
    }
    geo::MultiPolygon shape = geo::unionOf(squares);
    for (geo::Polygon& part : shape) { // outlines run as they like
        if (random() % 2 == 0) {
            std::reverse(part.outer.begin(), part.outer.end());
        }
        for (geo::Ring& hole : part.holes) {
            if (random() % 2 == 0) {
                std::reverse(hole.begin(), hole.end());
            }
        }
    }
    return shape;
}

geo::MultiPolygon wavy(Random& random) {
    std::uniform_real_distribution<double> by(-600, 600);
    const geo::Point middle{500000 + by(random), 5000000 + by(random)};
    geo::MultiPolygon shape{{tests::wavyRing(40 + static_cast<int>(random() % 60), 700, middle), {}}};
    if (random() % 2 == 0) {
        shape[0].holes.push_back(tests::wavyRing(12, 250, middle));
        if (random() % 2 == 0) {
            shape.push_back({tests::wavyRing(9, 100, middle), {}});
        }
    }
    return shape;
}

editing::Overlaid laid(const geo::MultiPolygon& shape, const geo::MultiPolygon& region, Overlay what) {
    const editing::Indexed outline{&shape, std::make_shared<const geo::EdgeIndex>(shape)};
    const auto noded = editing::nodedLines(editing::laidRings(region), std::span(&outline, 1));
    return editing::overlaid(outline, noded.nodes.front(), noded.lines, what);
}

/// What is wrong; empty: nothing.
std::string judged(const geo::MultiPolygon& shape, const geo::MultiPolygon& region, Overlay what) {
    const editing::Overlaid result = laid(shape, region, what);
    const geo::MultiPolygon wanted = what == Overlay::Add      ? geo::unionOf(shape, region)
                                     : what == Overlay::Remove ? geo::difference(shape, region)
                                                               : geo::difference(region, shape);
    if (const std::string reason = geo::invalidReason(result.shape); !reason.empty()) {
        return reason;
    }
    const double rest = geo::planarArea(geo::difference(result.shape, wanted)) +
                        geo::planarArea(geo::difference(wanted, result.shape));
    if (rest > 1e-3) {
        return "areas differ by " + std::to_string(rest);
    }
    if (what == Overlay::Uncovered) {
        return {};
    }
    if (result.isSame) {
        return result.shape == shape ? "" : "the same is another";
    }
    // What it says has changed is what comparing both finds.
    const editing::ChangedEdges found = editing::changedEdges(shape, result.shape);
    const auto hasAll = [](const std::vector<geo::VertexId>& all, const std::vector<geo::VertexId>& some) {
        return std::all_of(some.begin(), some.end(), [&](const geo::VertexId& edge) {
            return std::find(all.begin(), all.end(), edge) != all.end();
        });
    };
    return !hasAll(result.edges.going, found.going)     ? "an edge goes that is not named"
           : !hasAll(result.edges.coming, found.coming) ? "an edge comes that is not named"
                                                        : "";
}

std::vector<geo::MultiPolygon> split(const geo::MultiPolygon& shape, const std::vector<geo::Ring>& lines) {
    const editing::Indexed outline{&shape, std::make_shared<const geo::EdgeIndex>(shape)};
    std::vector<editing::LaidLine> laid;
    for (const geo::Ring& line : lines) {
        laid.push_back({line, false});
    }
    const auto noded = editing::nodedLines(laid, std::span(&outline, 1), true);
    std::vector<geo::MultiPolygon> pieces;
    for (const geo::Polygon& part :
         editing::overlaid(outline, noded.nodes.front(), noded.lines, Overlay::Split).shape) {
        pieces.push_back({part});
    }
    return pieces;
}

} // namespace

class OverlayTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void linesThatRunAlongEachOtherAndTouchAreMetExactly_data() {
        QTest::addColumn<double>("shift");
        QTest::newRow("same board") << 0.0;
        QTest::newRow("half a square off") << 5.0;
        QTest::newRow("three squares off") << 30.0;
    }

    void linesThatRunAlongEachOtherAndTouchAreMetExactly() {
        QFETCH(const double, shift);
        Random random(7);
        for (int i = 0; i < 300; ++i) {
            const geo::MultiPolygon shape = board(random, 0.55, {500000, 5000000}, 10);
            const geo::MultiPolygon region = board(random, 0.4, {500000 + shift, 5000000}, 10);
            for (const Overlay what : {Overlay::Add, Overlay::Remove, Overlay::Uncovered}) {
                if (shape.empty() || region.empty()) {
                    continue;
                }
                const std::string wrong = judged(shape, region, what);
                QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("%1, way %2: %3")
                                                       .arg(i)
                                                       .arg(static_cast<int>(what))
                                                       .arg(QString::fromStdString(wrong))));
            }
        }
    }

    void linesThatCrossAnywhereGiveTheGroundThatGeosFinds() {
        Random random(11);
        for (int i = 0; i < 400; ++i) {
            const geo::MultiPolygon shape = wavy(random);
            const geo::MultiPolygon region = wavy(random);
            for (const Overlay what : {Overlay::Add, Overlay::Remove, Overlay::Uncovered}) {
                const std::string wrong = judged(shape, region, what);
                QVERIFY2(wrong.empty(), qPrintable(QStringLiteral("%1, way %2: %3")
                                                       .arg(i)
                                                       .arg(static_cast<int>(what))
                                                       .arg(QString::fromStdString(wrong))));
            }
        }
    }

    void whatWasAddedIsTakenOffAgain() {
        Random random(3);
        for (int i = 0; i < 300; ++i) {
            const geo::MultiPolygon shape = wavy(random);
            const geo::MultiPolygon region = wavy(random);
            const geo::MultiPolygon grown = laid(shape, region, Overlay::Add).shape;
            QVERIFY(laid(grown, region, Overlay::Add).isSame);
            const geo::MultiPolygon back = laid(grown, region, Overlay::Remove).shape;
            QCOMPARE(geo::invalidReason(back), std::string());
            const geo::MultiPolygon wanted = geo::difference(shape, region);
            QVERIFY(std::abs(geo::planarArea(back) - geo::planarArea(wanted)) < 1e-3);
        }
    }

    void aRingBeginsAndRunsAsItDid() {
        geo::MultiPolygon shape{{tests::wavyRing(60, 1000), {}}};
        std::reverse(shape[0].outer.begin(), shape[0].outer.end());
        const geo::MultiPolygon region{{tests::wavyRing(20, 150, shape[0].outer[30]), {}}};
        const geo::MultiPolygon after = laid(shape, region, Overlay::Add).shape;
        for (std::size_t i = 0; i < 25; ++i) {
            QCOMPARE(after[0].outer[i].x, shape[0].outer[i].x);
            QCOMPARE(after[0].outer[i].y, shape[0].outer[i].y);
        }
    }

    void linesByChancePartAnOutlineIntoPiecesThatAreAllOfIt() {
        Random random(5);
        std::uniform_real_distribution<double> by(-1500, 1500);
        int parted = 0;
        for (int i = 0; i < 600; ++i) {
            const geo::MultiPolygon shape =
                i % 2 == 0 ? wavy(random) : board(random, 0.6, {499500, 4999500}, 150);
            std::vector<geo::Ring> lines(1 + random() % 3);
            for (geo::Ring& line : lines) {
                for (std::size_t k = 0; k < 2 + random() % 5; ++k) {
                    line.push_back({500000 + by(random), 5000000 + by(random)});
                    if (i % 4 == 1) { // on the board's own corners
                        line.back() = {499500 + 150 * std::round(line.back().x - 500000) / 150,
                                       499500.0 * 10 + 4500 +
                                           150 * std::round((line.back().y - 5000000) / 150)};
                    }
                }
            }
            const auto pieces = split(shape, lines);
            parted += pieces.size() > shape.size() ? 1 : 0;
            double area = 0;
            for (const geo::MultiPolygon& piece : pieces) {
                const std::string reason = geo::invalidReason(piece);
                QVERIFY2(reason.empty(),
                         qPrintable(QStringLiteral("%1: ").arg(i) + QString::fromStdString(reason)));
                area += geo::planarArea(piece);
                for (const geo::MultiPolygon& other : pieces) {
                    QVERIFY(&other == &piece || geo::planarArea(geo::intersection(piece, other)) < 1e-3);
                }
            }
            QVERIFY2(std::abs(area - geo::planarArea(shape)) < 1e-3, qPrintable(QString::number(i)));
        }
        QVERIFY(parted > 300);
    }
};

QTEST_APPLESS_MAIN(OverlayTest)
#include "overlay_test.moc"
