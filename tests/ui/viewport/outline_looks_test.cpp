// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport_fixture.h"

#include "ui/viewport/map_camera.h"

#include <QElapsedTimer>
#include <QSignalSpy>

#include <vector>

// What lines look like: reviews, hovered ones, those behind mountains, translucent ones.

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::outlines::Review;
using nunatak::ui::viewport::Viewport;

namespace {

int apartIn(QRgb a, QRgb b) {
    return std::max(
        {std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)), std::abs(qBlue(a) - qBlue(b))});
}

/// How many pixels differ by more than `least` in a channel.
int different(const QImage& a, const QImage& b, int least = 0) {
    int count = 0;
    for (int y = 0; y < a.height(); ++y) {
        for (int x = 0; x < a.width(); ++x) {
            count += apartIn(a.pixel(x, y), b.pixel(x, y)) > least ? 1 : 0;
        }
    }
    return count;
}

outlines::OutlineHandle rectangle(geo::Point middle, double width, double height, Review review,
                                  const std::string& uuid = "rectangle") {
    outlines::Outline outline;
    outline.uuid = uuid;
    outline.review = review;
    const double x = width / 2;
    const double y = height / 2;
    outline.geometry = {{{{middle.x - x, middle.y - y},
                          {middle.x + x, middle.y - y},
                          {middle.x + x, middle.y + y},
                          {middle.x - x, middle.y + y}},
                         {}}};
    return outlines::share(std::move(outline));
}

/// Keeps an image where NUNATAK_PICTURES names a folder, for a human to look at.
void keepImage(const QImage& image, const char* name) {
    const QString folder = qEnvironmentVariable("NUNATAK_PICTURES");
    if (!folder.isEmpty()) {
        image.save(folder + '/' + name + ".png");
    }
}

const ui::viewport::LayerStyle redLine{QColor(255, 0, 0), 3, true};

/// The view from straight above, 5 metres a pixel, north up.
geo::Point fromAbove(Viewport& viewport) {
    const auto middle = viewport.terrain()->heightGrid.extent().center();
    viewport.setFlatMap(true);
    viewport.restoreCamera(cameraText(middle, 2500, 2400, 0, 0));
    settle(viewport);
    return middle;
}

struct Runs {
    int red = 0;
    int dark = 0;
    int longestRed = 0;
};

/// Along the upper edge of a rectangle of `rectangle`, without its corners.
Runs runsAlong(const QImage& image, QPointF from, QPointF to) {
    Runs runs;
    int current = 0;
    int kind = 0; // 1: red, 2: dark
    for (int x = int(from.x()) + 8; x < int(to.x()) - 8; ++x) {
        const QRgb pixel = image.pixel(x, int(from.y()));
        const int now = qRed(pixel) > 200 && qGreen(pixel) < 60  ? 1
                        : qRed(pixel) < 90 && qGreen(pixel) < 90 ? 2
                                                                 : kind;
        current = now == kind ? current + 1 : 1;
        if (now != kind) {
            (now == 1 ? runs.red : runs.dark) += 1;
        }
        kind = now;
        if (kind == 1) {
            runs.longestRed = std::max(runs.longestRed, current);
        }
    }
    return runs;
}

} // namespace

class OutlineLooksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void doubtfulOutlinesAreDashedAndOthersAreNot() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        const geo::Point left{middle.x - 1000, middle.y + 400};
        const geo::Point right{middle.x + 1000, middle.y + 400};
        const auto lookAt = [&](Review review, const char* name) {
            viewport->setLayer("expert", {rectangle(middle, 2000, 800, review)}, redLine);
            const auto image = drawn(*viewport);
            keepImage(image, name);
            return runsAlong(image, *viewport->project(left), *viewport->project(right));
        };
        const auto plain = lookAt(Review::NotReviewed, "looks_not_reviewed");
        QVERIFY2(plain.red <= 1 && plain.dark == 0, qPrintable(QString::number(plain.red)));
        const auto doubtful = lookAt(Review::Doubtful, "looks_doubtful");
        // 400 pixels; a dash and a gap take 8 to 17.
        QVERIFY2(doubtful.red >= 20 && doubtful.dark >= 20, qPrintable(QString::number(doubtful.red)));
        QVERIFY2(doubtful.longestRed <= 14, qPrintable(QString::number(doubtful.longestRed)));
    }

    void dashesStayOnTheGroundWhileTheCameraMoves() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        viewport->setLayer("expert", {rectangle(middle, 2000, 800, Review::Doubtful)}, redLine);
        const auto before = drawn(*viewport);
        // By whole pixels to the left and up.
        QVERIFY(viewport->restoreCamera(cameraText({middle.x + 100, middle.y - 50}, 2500, 2400, 0, 0)));
        const auto after = drawn(*viewport);
        int same = 0;
        int lines = 0;
        for (int y = 60; y < 400; ++y) {
            for (int x = 60; x < 560; ++x) {
                if (qRed(before.pixel(x, y)) > 200 && qGreen(before.pixel(x, y)) < 60) {
                    ++lines;
                    same += apartIn(before.pixel(x, y), after.pixel(x - 20, y - 10)) < 40 ? 1 : 0;
                }
            }
        }
        QVERIFY2(lines > 400 && same > 0.95 * lines, qPrintable(QString("%1 of %2").arg(same).arg(lines)));
    }

    void acceptedOutlinesHaveAWhiteMiddleBetweenTheirColour() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        viewport->setLayer("expert", {rectangle(middle, 2000, 800, Review::Accepted)}, redLine);
        const auto image = drawn(*viewport);
        keepImage(image, "looks_accepted");
        const auto place = *viewport->project({middle.x - 300, middle.y + 400});
        int white = 0;
        int redAbove = 0;
        int redBelow = 0;
        for (int dy = -4; dy <= 4; ++dy) {
            const QRgb pixel = image.pixel(int(place.x()), int(place.y()) + dy);
            const bool isRed = qRed(pixel) > 180 && qGreen(pixel) < 130;
            if (qGreen(pixel) > 200 && std::abs(dy) <= 1) {
                ++white;
            } else if (isRed) {
                (dy < 0 ? redAbove : redBelow) += 1;
            }
        }
        QVERIFY2(white >= 1 && redAbove >= 1 && redBelow >= 1,
                 qPrintable(QString("%1 %2 %3").arg(white).arg(redAbove).arg(redBelow)));
    }

    void changedOutlinesHaveAMiddleThatIsNeitherTheirColourNorWhite() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        auto outline = static_cast<outlines::Outline>(*rectangle(middle, 2000, 800, Review::NotReviewed));
        outline.isChanged = true;
        viewport->setLayer("expert", {outlines::share(std::move(outline))},
                           {QColor(80, 165, 255), 2, true, Qt::white, QColor(255, 150, 0)});
        const auto image = drawn(*viewport);
        keepImage(image, "looks_changed");
        const auto place = *viewport->project({middle.x - 300, middle.y + 400});
        int orange = 0;
        for (int dy = -2; dy <= 2; ++dy) {
            const QRgb pixel = image.pixel(int(place.x()), int(place.y()) + dy);
            orange += qRed(pixel) > 200 && qBlue(pixel) < 90 ? 1 : 0;
        }
        QVERIFY2(orange >= 1, qPrintable(QString::number(orange)));
    }

    void whatTheMountainHidesIsPaleWhenWantedAndTheRestAsItWas() {
        const auto viewport = shownViewport();
        const auto extent = viewport->terrain()->heightGrid.extent();
        const auto middle = extent.center();
        // From the south over the southern summit, flat: the valley behind is hidden.
        QVERIFY(viewport->restoreCamera(cameraText({middle.x, middle.y - 900}, 2500, 4500, 0, 72)));
        const auto bare = drawn(*viewport);
        std::vector<outlines::OutlineHandle> stars;
        for (int i = 0; i < 5; ++i) {
            stars.push_back(outlineAround({middle.x - 1800 + 900 * i, middle.y - 600 + 300 * i}, 800, 60,
                                          std::to_string(i)));
        }
        viewport->setLayer("expert", stars, redLine);
        const auto hidden = drawn(*viewport);
        viewport->setHiddenOutlinesShown(true);
        const auto pale = drawn(*viewport);
        keepImage(hidden, "looks_hidden");
        keepImage(pale, "looks_behind");
        int added = 0;
        int touched = 0;
        int lines = 0;
        double strengthOfAdded = 0;
        double strengthOfLines = 0;
        for (int y = 0; y < bare.height(); ++y) {
            for (int x = 0; x < bare.width(); ++x) {
                const QRgb ground = bare.pixel(x, y);
                const bool isLine = qRed(hidden.pixel(x, y)) > 200 && qGreen(hidden.pixel(x, y)) < 60 &&
                                    apartIn(ground, hidden.pixel(x, y)) > 40;
                const bool changed = apartIn(hidden.pixel(x, y), pale.pixel(x, y)) > 8;
                if (isLine) {
                    ++lines;
                    touched += changed ? 1 : 0;
                    strengthOfLines += apartIn(ground, hidden.pixel(x, y));
                } else if (changed) {
                    ++added;
                    strengthOfAdded += apartIn(ground, pale.pixel(x, y));
                }
            }
        }
        QVERIFY2(lines > 1000 && added > 300, qPrintable(QString("%1 %2").arg(lines).arg(added)));
        QVERIFY2(touched < 0.01 * lines, qPrintable(QString("%1 of %2").arg(touched).arg(lines)));
        QVERIFY(strengthOfAdded / added < 0.6 * strengthOfLines / lines);
        viewport->setHiddenOutlinesShown(false);
        QCOMPARE(different(drawn(*viewport), hidden), 0);
        // And in pictures.
        const auto pictureWithout = viewport->picture({640, 480});
        viewport->setHiddenOutlinesShown(true);
        QVERIFY(different(viewport->picture({640, 480}), pictureWithout, 8) > 0.5 * added);
    }

    void theHoveredOutlineIsWiderAndOthersStayAsTheyAre() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        const geo::Point east{middle.x + 600, middle.y};
        const geo::Point west{middle.x - 600, middle.y};
        viewport->setLayer(
            "expert", {outlineAround(west, 350, 80, "west"), outlineAround(east, 350, 80, "east")}, redLine);
        const auto before = drawn(*viewport);
        viewport->setHoveredOutline(outlines::OutlineRef{"expert", "east"});
        const auto hovered = drawn(*viewport);
        keepImage(hovered, "looks_hovered");
        const int half = before.width() / 2;
        const auto part = [&](const QImage& image, bool right) {
            return image.copy(right ? half : 0, 0, half, image.height());
        };
        QCOMPARE(different(part(before, false), part(hovered, false)), 0);
        const int redBefore = different(part(before, true), part(hovered, true), 30);
        QVERIFY2(redBefore > 500, qPrintable(QString::number(redBefore)));
        viewport->setHoveredOutline(std::nullopt);
        QCOMPARE(different(drawn(*viewport), before), 0);
        // One that is selected stays what it is, and stands out more.
        viewport->setSelection({outlines::OutlineRef{"expert", "east"}});
        const auto selected = drawn(*viewport);
        viewport->setHoveredOutline(outlines::OutlineRef{"expert", "east"});
        QCOMPARE(different(drawn(*viewport), selected), 0);
        QVERIFY(different(before, selected, 30) > different(before, hovered, 30));
    }

    void hoveringDrawsAFrameOnlyWhenAnotherOutlineIsHovered() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        viewport->setLayer("expert", {outlineAround(middle, 400, 80, "a")}, redLine);
        settle(*viewport);
        QTest::qWait(100);
        QSignalSpy frames(viewport.get(), &QOpenGLWidget::frameSwapped);
        viewport->setHoveredOutline(outlines::OutlineRef{"expert", "a"});
        QTRY_VERIFY(frames.count() > 0);
        QTest::qWait(300);
        const auto drawnFrames = frames.count();
        for (int i = 0; i < 20; ++i) {
            viewport->setHoveredOutline(outlines::OutlineRef{"expert", "a"});
        }
        QTest::qWait(300);
        QCOMPARE(frames.count(), drawnFrames);
    }

    void aTranslucentLineIsNoDarkerWhereItsPiecesMeet() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        const auto bare = drawn(*viewport);
        viewport->setLayer("expert", {outlineAround(middle, 700, 900)}, {QColor(255, 0, 0, 128), 8, true});
        const auto image = drawn(*viewport);
        keepImage(image, "looks_translucent");
        // Colour over casing over ground, each once: (1 - 0.5) (1 - 0.8 0.5) of the ground's green at least.
        // The feathers of outer edges still lie over each other: 2 in 100 pixels; 45 if nothing were done.
        int checked = 0;
        int darker = 0;
        for (int y = 0; y < bare.height(); ++y) {
            for (int x = 0; x < bare.width(); ++x) {
                if (qRed(image.pixel(x, y)) > 120 &&
                    qGreen(image.pixel(x, y)) + 30 < qRed(image.pixel(x, y))) {
                    ++checked;
                    darker += qGreen(image.pixel(x, y)) < 0.29 * qGreen(bare.pixel(x, y)) ? 1 : 0;
                }
            }
        }
        QVERIFY2(checked > 4000 && darker < 0.05 * checked,
                 qPrintable(QString("%1 of %2").arg(darker).arg(checked)));
    }

    void asNearAsOneComesALineRunsThroughItsVertices() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        // A corner 3 m beside the straight line: far less than a pixel of the scene, 12 of the view from
        // nearby.
        outlines::Outline outline = *rectangle(middle, 1200, 400, Review::NotReviewed);
        const geo::Point corner{middle.x, middle.y + 203};
        auto& ring = outline.geometry[0].outer;
        ring.insert(ring.begin() + 3, corner);
        const auto stored = outlines::share(outline);
        viewport->setLayer("expert", {stored}, redLine);
        drawn(*viewport); // laid as is enough from afar
        viewport->restoreCamera(cameraText(corner, 2500, 120, 0, 0));
        const auto isRed = [&](const geo::Point& place) {
            const auto image = drawn(*viewport);
            const QRgb pixel = image.pixel(viewport->project(place)->toPoint());
            return qRed(pixel) > 200 && qGreen(pixel) < 60;
        };
        QVERIFY(isRed(corner));
        QVERIFY(!isRed({corner.x, corner.y - 3}));
        auto moved = outline;
        moved.geometry[0].outer[3].y += 4;
        viewport->setLiveOutlines("expert", {{outline.uuid, outlines::share(moved)}});
        QVERIFY(isRed(moved.geometry[0].outer[3]));
        QVERIFY(!isRed(corner));
    }

    void handlesAppearWhereVerticesAreFarEnoughApart() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        // Vertices 12 metres from each other: 2.4 pixels, then 24.
        viewport->setLayer("expert", {outlineAround(middle, 300, 170)}, redLine);
        settle(*viewport);
        const auto handles = [&](double viewHeight) {
            viewport->restoreCamera(cameraText({middle.x + 375, middle.y}, 2500, viewHeight, 0, 0));
            viewport->setSelection({outlines::OutlineRef{"expert", "star"}});
            const auto image = drawn(*viewport);
            keepImage(image, viewHeight > 1000 ? "looks_far" : "looks_near");
            int found = 0;
            int vertices = 0;
            const auto outline = outlineAround(middle, 300, 170);
            for (const auto& vertex : outline->geometry[0].outer) {
                const auto place = viewport->project(vertex);
                if (place && image.rect().adjusted(6, 6, -6, -6).contains(place->toPoint())) {
                    const QRgb pixel = image.pixel(place->toPoint());
                    ++vertices;
                    found += qRed(pixel) > 225 && qGreen(pixel) > 225 && qBlue(pixel) > 225 ? 1 : 0;
                }
            }
            return double(found) / vertices;
        };
        QVERIFY(handles(2400) < 0.1);
        QVERIFY(handles(240) > 0.9);
    }

    void ofALineThatIsDraggedOnlyAStretchIsLaidAgainAndAllIsSeen() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        const auto stored = outlineAround(middle, 700, 3000);
        viewport->setLayer("inventory", {stored}, redLine);
        viewport->setSelection({{"inventory", "star"}});
        const auto before = drawn(*viewport);
        const auto drag = [&](double away) {
            outlines::Outline outline = *stored;
            outline.geometry[0].outer[400].x += away;
            const auto live = outlines::share(std::move(outline));
            viewport->setLiveOutlines("inventory", {{live->uuid, live}});
            return drawn(*viewport);
        };
        drag(150);
        drag(-300);
        const auto dragged = drag(250);
        QVERIFY(different(before, dragged, 40) > 50);
        viewport->setSelection({});
        viewport->setLiveOutlines("inventory", {});
        QVERIFY(different(before, drawn(*viewport), 40) > 50); // the selection is gone
        viewport->setSelection({{"inventory", "star"}});
        QCOMPARE(different(before, drawn(*viewport)), 0);
        viewport->setSelection({});
        drawn(*viewport);
        // The same line, made at once.
        drag(250);
        viewport->setSelection({{"inventory", "star"}});
        QCOMPARE(different(dragged, drawn(*viewport)), 0);
    }

    void manySelectedOutlinesStandOutAsFewDo() {
        const auto viewport = shownViewport();
        const auto middle = fromAbove(*viewport);
        std::vector<outlines::OutlineHandle> outlines;
        std::vector<outlines::OutlineRef> refs;
        for (int i = 0; i < 48; ++i) {
            const auto uuid = std::to_string(i);
            outlines.push_back(rectangle({middle.x - 980 + i % 8 * 280, middle.y - 700 + i / 8 * 280}, 180,
                                         180, i % 3 == 0 ? Review::Accepted : Review::NotReviewed, uuid));
            refs.push_back({"inventory", uuid});
        }
        viewport->setLayer("inventory", outlines, redLine);
        const auto plain = drawn(*viewport);
        const auto halves = [&](const QImage& image, const outlines::OutlineHandle& outline) {
            const auto corner = viewport->project(outline->geometry[0].outer[0])->toPoint();
            const QRect around(corner - QPoint(8, 8), QSize(17, 17));
            return different(plain.copy(around), image.copy(around), 40);
        };
        viewport->setSelection({refs.begin(), refs.begin() + 24});
        const auto few = drawn(*viewport);
        viewport->setSelection(refs);
        const auto all = drawn(*viewport);
        keepImage(all, "many-selected");
        for (std::size_t i = 0; i < outlines.size(); ++i) {
            QVERIFY2(halves(all, outlines[i]) > 30, qPrintable(QString::number(i)));
            QVERIFY(i < 24 ? halves(few, outlines[i]) == halves(all, outlines[i])
                           : halves(few, outlines[i]) == 0);
        }
        // One of them elsewhere, and then gone.
        const auto moved = rectangle({middle.x, middle.y + 990}, 180, 120, Review::NotReviewed, "5");
        viewport->changeLayer("inventory", {moved}, {});
        const auto edited = drawn(*viewport);
        QVERIFY(halves(edited, moved) > 30);
        viewport->changeLayer("inventory", {}, {"5"});
        QCOMPARE(halves(drawn(*viewport), moved), 0);
        viewport->changeLayer("inventory", {outlines[5]}, {});
        viewport->setSelection({});
        QCOMPARE(different(plain, drawn(*viewport)), 0);
    }
};

NUNATAK_VIEWPORT_TEST_MAIN(OutlineLooksTest)
#include "outline_looks_test.moc"
