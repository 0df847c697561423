// SPDX-License-Identifier: GPL-3.0-or-later
// A few strokes correct a model: the head that is fitted, and what becomes of outlines.
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "outlines/outline_set.h"
#include "scribble/scribbled.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

using namespace nunatak;
using editing::Neighbours;
using scribble::Stroke;
using scribble::StrokePixels;

namespace {

constexpr int side = 96;
constexpr double pixelSize = 30;

/// Rock in the west, a band of debris in the middle (columns 32 to 47), ice in the east; the model takes the
/// debris for rock. Each has a feature of its own, and there is noise.
scribble::ViewFeatures debrisView() {
    scribble::ViewFeatures view;
    view.grid = {geo::Crs::fromUserInput("EPSG:32611"), 500000, 5800000, pixelSize, side, side};
    view.values = Image<std::uint16_t>(4, side, side);
    view.logit = Image<float>(1, side, side);
    std::uint32_t state = 1;
    const auto noise = [&] {
        state = state * 1664525U + 1013904223U;
        return static_cast<float>(state >> 8U) / 16777216.0F - 0.5F;
    };
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            const int ground = column < 32 ? 0 : column < 48 ? 1 : 2;
            for (int channel = 0; channel < 4; ++channel) {
                view.values.at(channel, row, column) =
                    scribble::ViewFeatures::toShort((channel == ground ? 1.0F : 0.0F) + 0.2F * noise());
            }
            view.logit.at(0, row, column) = (ground == 2 ? 3.0F : ground == 1 ? -2.0F : -3.0F) + noise();
        }
    }
    view.mean = {1 / 3.0F, 1 / 6.0F, 0.5F, 0};
    view.deviation = {0.48F, 0.38F, 0.5F, 0.06F};
    return view;
}

std::uint32_t pixel(int row, int column) {
    return static_cast<std::uint32_t>(row * side + column);
}

/// Along a column.
StrokePixels down(int column, int firstRow, int rows, bool isIce) {
    StrokePixels stroke{{}, isIce};
    for (int row = firstRow; row < firstRow + rows; ++row) {
        stroke.pixels.push_back(pixel(row, column));
    }
    return stroke;
}

/// The share of the pixels in these columns that are ice.
double iceIn(const Image<float>& logit, int firstColumn, int endColumn) {
    int ice = 0, all = 0;
    for (int row = 0; row < side; ++row) {
        for (int column = firstColumn; column < endColumn; ++column) {
            ice += logit.at(0, row, column) > 0 ? 1 : 0;
            ++all;
        }
    }
    return static_cast<double>(ice) / all;
}

Image<float> corrected(const scribble::ViewFeatures& view, const std::vector<StrokePixels>& strokes) {
    return scribble::correctedLogit(view, scribble::fittedHead(view, strokes), strokes);
}

/// A rectangle of the view's pixels, in the project's system.
geo::Ring pixels(int firstColumn, int firstRow, int endColumn, int endRow) {
    const auto grid = debrisView().grid;
    return {grid.toMap(firstColumn, endRow), grid.toMap(endColumn, endRow), grid.toMap(endColumn, firstRow),
            grid.toMap(firstColumn, firstRow)};
}

/// An inventory over the view.
class Inventory {
public:
    void put(const std::string& uuid, geo::MultiPolygon shape,
             outlines::Review review = outlines::Review::NotReviewed) {
        outlines::Outline outline;
        outline.uuid = uuid;
        outline.name = uuid;
        outline.geometry = std::move(shape);
        outline.review = review;
        m_set.put(outlines::share(std::move(outline)));
    }

    scribble::Scribbled after(const std::vector<Stroke>& strokes,
                              Neighbours neighbours = Neighbours::Together,
                              const scribble::ViewFeatures& view = debrisView()) {
        scribble::Request request;
        request.layer = "inventory";
        request.crs = view.grid.crs;
        request.strokes = strokes;
        request.neighbours = neighbours;
        return scribble::scribbled(
            view, {[this](const std::string&) { return editing::DraftLayer(&m_set); }, m_indices}, request);
    }

    double areaOf(const std::string& uuid) const { return m_set.find(uuid)->area(); }

private:
    outlines::OutlineSet m_set;
    editing::EdgeIndices m_indices;
};

outlines::OutlineHandle changed(const scribble::Scribbled& found, const std::string& uuid) {
    for (const auto& change : found.edit.changes) {
        if (change.after && change.after->uuid == uuid) {
            return change.after;
        }
    }
    return nullptr;
}

/// A stroke from pixel to pixel.
Stroke stroke(int fromColumn, int fromRow, int toColumn, int toRow, bool isIce) {
    const auto grid = debrisView().grid;
    return {{grid.toMap(fromColumn + 0.5, fromRow + 0.5), grid.toMap(toColumn + 0.5, toRow + 0.5)}, isIce};
}

/// Square metres of so many pixels.
double area(double count) {
    return count * pixelSize * pixelSize;
}

} // namespace

class ScribbleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutStrokesNothingChanges() {
        const auto view = debrisView();
        const auto head = scribble::fittedHead(view, {});
        for (const double weight : head.weights) {
            QCOMPARE(weight, 0.0);
        }
        QCOMPARE(head.bias, 0.0);
        QVERIFY(corrected(view, {}).values() == view.logit.values());
    }

    void aStrokeIsObeyedAndGroundOfItsKindFollows() {
        const auto view = debrisView();
        const std::vector<StrokePixels> strokes{down(40, 30, 20, true)};
        const auto logit = corrected(view, strokes);
        for (const auto at : strokes[0].pixels) {
            QVERIFY(logit.values()[at] > 0);
        }
        QVERIFY(iceIn(view.logit, 32, 48) < 0.01);
        QVERIFY(iceIn(logit, 32, 48) > 0.95);
    }

    void farGroundOfAnotherKindKeeps() {
        const auto view = debrisView();
        const auto logit = corrected(view, {down(40, 30, 20, true)});
        QVERIFY(iceIn(logit, 0, 32) < 0.01);
        QVERIFY(iceIn(logit, 48, side) > 0.99);
    }

    void whatTheModelSaysAlreadyChangesNoClass() {
        const auto view = debrisView();
        const auto logit = corrected(view, {down(70, 10, 30, true), down(10, 10, 30, false)});
        for (std::size_t i = 0; i < logit.bandSize(); ++i) {
            QCOMPARE(logit.values()[i] > 0, view.logit.values()[i] > 0);
        }
    }

    void theSameStrokesGiveTheSameHead() {
        const auto view = debrisView();
        const std::vector<StrokePixels> strokes{down(40, 30, 20, true), down(20, 10, 40, false)};
        const auto first = scribble::fittedHead(view, strokes);
        const auto second = scribble::fittedHead(view, strokes);
        QVERIFY(first.weights == second.weights);
        QCOMPARE(first.bias, second.bias);
    }

    void aLongStrokeCountsNoMoreThanAShortOne() {
        const auto view = debrisView();
        const auto level = [&](int ice, int none) {
            const auto logit = corrected(view, {down(36, 2, ice, true), down(44, 2, none, false)});
            return iceIn(logit, 38, 43);
        };
        const double even = level(40, 40);
        QVERIFY(std::abs(level(90, 6) - even) < 0.35);
        QVERIFY(std::abs(level(6, 90) - even) < 0.35);
    }

    void theLastStrokeHasTheLastWord() {
        const auto view = debrisView();
        const auto logit = corrected(view, {down(40, 30, 20, true), down(40, 35, 3, false)});
        QVERIFY(logit.at(0, 36, 40) < 0);
        QVERIFY(logit.at(0, 32, 40) > 0);
    }

    void whereTheModelKnowsNothingNothingIsSaid() {
        auto view = debrisView();
        view.logit.at(0, 5, 40) = std::numeric_limits<float>::quiet_NaN();
        const auto logit = corrected(view, {down(40, 0, 20, true)});
        QVERIFY(std::isnan(logit.at(0, 5, 40)));
        QVERIFY(logit.at(0, 6, 40) > 0);
    }

    void aHalfNumberIsTheNearest() {
        using scribble::ViewFeatures;
        QCOMPARE(ViewFeatures::fromShort(ViewFeatures::toShort(1.0F)), 1.0F);
        for (const float number : {3.14159F, -0.001F, 12345.6F}) {
            QVERIFY(std::abs(ViewFeatures::fromShort(ViewFeatures::toShort(number)) - number) <=
                    std::abs(number) / 256);
        }
    }

    void theGlacierGetsTheDebrisThatAdjoinsIt() {
        Inventory inventory;
        inventory.put("glacier", {{pixels(48, 10, 90, 86), {}}});
        const auto found = inventory.after({stroke(40, 30, 40, 50, true)});
        QCOMPARE(found.changed, 1);
        QCOMPARE(found.added, 0);
        const auto grown = changed(found, "glacier");
        QVERIFY(grown != nullptr);
        QCOMPARE(geo::invalidReason(grown->geometry), std::string());
        // The debris, and the ice of the view that no outline has and that hangs together with it.
        QVERIFY(grown->area() > inventory.areaOf("glacier") + area(16 * side) * 0.95);
        QCOMPARE(grown->geometry.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(found.edit.description), QStringLiteral("Scribble on glacier"));
    }

    void whereModelAndOutlinesDifferAlreadyTheOutlinesStay() {
        Inventory inventory; // the east of the ice is nobody's, the expert left it out
        inventory.put("glacier", {{pixels(32, 0, 70, side), {}}});
        const auto found = inventory.after({stroke(40, 30, 40, 50, true)});
        QVERIFY(found.edit.empty());
        QCOMPARE(found.comes, 0.0);
    }

    void aStrokeOfNoIceTakesOffWhatTheModelSaw() {
        Inventory inventory;
        inventory.put("glacier", {{pixels(32, 10, 90, 86), {}}});
        const auto found = inventory.after({stroke(40, 30, 40, 50, false)});
        const auto less = changed(found, "glacier");
        QVERIFY(less != nullptr);
        QCOMPARE(geo::invalidReason(less->geometry), std::string());
        const double lost = inventory.areaOf("glacier") - less->area();
        QVERIFY(std::abs(lost - area(16 * 76)) < area(40));
        QVERIFY(std::abs(found.goes - lost) < area(40));
    }

    void aGlacierOfWhichNothingStaysGoes() {
        Inventory inventory;
        inventory.put("invented", {{pixels(34, 20, 46, 60), {}}});
        inventory.put("glacier", {{pixels(60, 10, 90, 86), {}}});
        const auto found = inventory.after({stroke(40, 30, 40, 50, false)});
        QCOMPARE(found.gone, 1);
        QCOMPARE(found.edit.changes.size(), std::size_t(1));
        QVERIFY(found.edit.changes[0].before && !found.edit.changes[0].after);
    }

    void iceThatAdjoinsNoGlacierIsANewOne() {
        Inventory inventory;
        const auto found = inventory.after({stroke(40, 30, 40, 50, true)});
        QCOMPARE(found.added, 1);
        QCOMPARE(found.edit.changes.size(), std::size_t(1));
        QVERIFY(!found.edit.changes[0].before);
        QVERIFY(std::abs(found.edit.changes[0].after->area() - area(64 * side)) < area(100));
    }

    void twoGlaciersShareTheLineWhereTheDebrisOfOneMeetsTheOther() {
        Inventory inventory;
        inventory.put("north", {{pixels(48, 0, 96, 40), {}}});
        inventory.put("south", {{pixels(40, 40, 96, 96), {}}});
        const auto found = inventory.after({stroke(40, 10, 40, 30, true)});
        const auto north = changed(found, "north");
        const auto south = changed(found, "south");
        QVERIFY(north != nullptr || south != nullptr);
        const auto shapeOf = [&](const outlines::OutlineHandle& now, const geo::Ring& before) {
            return now != nullptr ? now->geometry : geo::MultiPolygon{{before, {}}};
        };
        const auto common =
            geo::intersection(shapeOf(north, pixels(48, 0, 96, 40)), shapeOf(south, pixels(40, 40, 96, 96)));
        QVERIFY(geo::planarArea(common) < 1);
    }

    void aReviewedGlacierStaysWhereNobodyDrew() {
        Inventory inventory;
        inventory.put("glacier", {{pixels(32, 50, 90, 86), {}}});
        inventory.put("reviewed", {{pixels(32, 0, 90, 30), {}}}, outlines::Review::Accepted);
        auto view = debrisView();
        for (int row = 0; row < side; ++row) {
            for (int column = 32; column < 48; ++column) {
                view.logit.at(0, row, column) += 4; // here the model takes debris for ice
            }
        }
        const auto found = inventory.after({stroke(40, 60, 40, 80, false)}, Neighbours::Together, view);
        QVERIFY(changed(found, "glacier") != nullptr);
        QVERIFY(changed(found, "reviewed") == nullptr);
        QCOMPARE(found.kept, 1);
        // Where somebody draws in it, it changes.
        const auto drawn = inventory.after({stroke(40, 5, 40, 25, false)}, Neighbours::Together, view);
        QVERIFY(changed(drawn, "reviewed") != nullptr);
    }
};

QTEST_GUILESS_MAIN(ScribbleTest)
#include "scribble_test.moc"
