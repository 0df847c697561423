// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "editing/bring_back.h"
#include "ground_words.h"
#include "shapes.h"

#include <QtTest>

#include <string>
#include <vector>

using namespace nunatak;
using editing::Edit;
using outlines::OutlineRef;
using tests::box;
using tests::refusal;

namespace {

/// Two glaciers side by side, which were deleted, and a third one far away.
struct TwoGone {
    TwoGone() {
        west = goneAs("West Glacier", {{box(0, 0, 100, 100), {}}});
        east = goneAs("East Glacier", {{box(100, 0, 100, 100), {}}});
        layers.put("inventory", "Far Glacier", {{box(500, 0, 10, 10), {}}});
    }
    static outlines::OutlineHandle goneAs(const std::string& name, geo::MultiPolygon shape) {
        outlines::Outline outline;
        outline.uuid = name;
        outline.name = name;
        outline.srcDate = "2001-08-20";
        outline.review = outlines::Review::Accepted;
        outline.geometry = std::move(shape);
        return outlines::share(std::move(outline));
    }
    Edit back(const std::vector<outlines::OutlineHandle>& gone) {
        return editing::bringBack(layers.draft(), "inventory", gone);
    }
    outlines::OutlineHandle there(const std::string& name) { return layers.all["inventory"].find(name); }

    tests::Layers layers;
    outlines::OutlineHandle west, east;
};

} // namespace

class BringBackTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whereNobodyIsAllComesBackAsItWas() {
        TwoGone two;
        const Edit edit = two.back({two.west, two.east});
        QCOMPARE(edit.description, std::string("Bring back 2 glaciers"));
        QCOMPARE(edit.tool, std::string("revert"));
        two.layers.commit(edit);
        QVERIFY(*two.there("West Glacier") == *two.west); // the line that both share is nobody's twice
        QVERIFY(*two.there("East Glacier") == *two.east);
    }

    void whatOthersHaveByNowTheyKeepAndThatIsSaid() {
        TwoGone two;
        two.layers.put("inventory", "New Glacier", {{box(60, -10, 20, 120), {}}});
        const Edit edit = two.back({two.west});
        QCOMPARE(edit.description, std::string("Bring back West Glacier, without what others have by now"));
        two.layers.commit(edit);
        const auto now = two.there("West Glacier");
        QCOMPARE(now->area(), 8000.0);
        QCOMPARE(now->geometry.size(), std::size_t{2});
        QVERIFY(now->reviewRecord.isOutdated);
        QCOMPARE(now->srcDate, std::string("2001-08-20"));
        QCOMPARE(two.there("New Glacier")->area(), 2400.0);
    }

    void twoThatLieOverOneAnotherDoNotBothGetThatGround() {
        TwoGone two;
        const auto over = TwoGone::goneAs("Over", {{box(50, 0, 100, 100), {}}});
        const Edit edit = two.back({two.west, over});
        QCOMPARE(edit.description,
                 std::string("Bring back 2 glaciers, 1 of them without what others have by now"));
        two.layers.commit(edit);
        QVERIFY(*two.there("West Glacier") == *two.west);
        QCOMPARE(two.there("Over")->area(), 5000.0);
    }

    void whoseGroundIsAllTakenStaysAwayAndIsNamed() {
        TwoGone two;
        two.layers.put("inventory", "Joined Glacier", {{box(0, 0, 200, 100), {}}});
        QCOMPARE(refusal([&] { two.back({two.east}); }),
                 std::string("Others have all of the ground of East Glacier by now."));
    }

    void whatIsThereDoesNotComeTwice() {
        TwoGone two;
        two.layers.commit(two.back({two.west}));
        try {
            two.back({two.west});
            QFAIL("It came twice.");
        } catch (const Error& error) {
            QCOMPARE(std::string(error.what()), std::string("West Glacier is there already."));
        }
    }
};

QTEST_APPLESS_MAIN(BringBackTest)
#include "bring_back_test.moc"
