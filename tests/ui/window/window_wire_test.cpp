// SPDX-License-Identifier: GPL-3.0-or-later
// Lines that follow edges, in the window with the events of a mouse.
#include "window_fixture.h"

#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "raster/raster_writer.h"
#include "ui/editing/hint_line.h"

#include <QListWidget>
#include <QToolButton>

#include <cmath>
#include <filesystem>
#include <numbers>

using namespace nunatak;
using namespace nunatak::tests;
using nunatak::ui::window::MainWindow;

namespace {

constexpr double radius = WindowFixture::bigRadius * WindowFixture::pixel;

QString hint(MainWindow& window) {
    return window.viewport()->findChild<ui::editing::HintLine*>()->words();
}

QString lastStep(MainWindow& window) {
    return part<QListWidget>(&window, "history")->item(0)->text();
}

QString chosen(MainWindow& window) {
    return part<QToolButton>(window.viewport(), "wireOption")->text();
}

} // namespace

class WindowWireTest : public QObject {
    Q_OBJECT

    WindowFixture m_fixture;

    /// The big glacier as somebody drew it from another picture: 150 m too far in the west.
    std::string makeDisplaced(const char* name, const char* picture = "scene.json") const {
        auto project = project::Project::create(m_fixture.path(name), m_fixture.grid().crs);
        project->addScene(scene::loadScene(m_fixture.path(picture)));
        project->importOutlines(
            {"expert", outlines::LayerKind::Expert, project->scene().id, "2019-09-01"},
            {WindowFixture::outline("Big Glacier", {m_fixture.big().x - 150, m_fixture.big().y}, radius)});
        project->take(project::planInventory(*project, {.from = "expert"})());
        project->close();
        return m_fixture.path(name);
    }
    /// The valley in pixels of 3.5 m, so that the view shows more than what is looked at first.
    void writeFine() const {
        auto fine = scene::loadScene(m_fixture.path("scene.json"));
        fine.id = outlines::makeUuid();
        fine.grid = fine.grid.atPixelSize(3.5);
        raster::RasterLayout layout;
        layout.grid = fine.grid;
        layout.bandNames = {"blue", "green", "red", "nir"};
        Image<float> optical(4, fine.grid.rows, fine.grid.columns);
        const geo::Point middle = m_fixture.big();
        for (int row = 0; row < fine.grid.rows; ++row) {
            for (int column = 0; column < fine.grid.columns; ++column) {
                const auto at = fine.grid.toMap(column + 0.5, row + 0.5);
                const bool isIce = std::hypot(at.x - middle.x, at.y - middle.y) < radius;
                for (int band = 0; band < 4; ++band) {
                    optical.at(band, row, column) =
                        (isIce ? 0.75F : 0.15F) + 0.02F * static_cast<float>((column * 7 + row * 13) % 5);
                }
            }
        }
        raster::RasterWriter writer(m_fixture.path("fine.tif"), layout);
        writer.write(optical, 0, 0);
        writer.finish();
        for (auto& source : fine.rasters) {
            if (source.feature == "optical") {
                source.file = m_fixture.path("fine.tif");
                source.columns = source.rows = 0;
            }
        }
        scene::saveScene(fine, m_fixture.path("fine.json"));
    }
    /// A prediction that sees the ice 60 m smaller than it is, all around.
    void writeProbability(const std::string& file) const {
        const auto project = project::Project::open(file);
        const auto folder = project->filesFolder();
        raster::RasterLayout layout;
        layout.grid = m_fixture.grid();
        layout.bandNames = {"probability"};
        Image<float> probability(1, layout.grid.rows, layout.grid.columns);
        for (int row = 0; row < layout.grid.rows; ++row) {
            for (int column = 0; column < layout.grid.columns; ++column) {
                const auto at = layout.grid.toMap(column + 0.5, row + 0.5);
                const double beyond =
                    std::hypot(at.x - m_fixture.big().x, at.y - m_fixture.big().y) - (radius - 60);
                probability.at(0, row, column) = static_cast<float>(1 / (1 + std::exp(beyond / 25)));
            }
        }
        const auto name = "probability_" + project->scene().id.substr(0, 8) + "_bright.tif";
        raster::RasterWriter writer((folder / name).string(), layout);
        writer.write(probability, 0, 0);
        writer.finish();
        project->close();
    }

    QPoint around(MainWindow& window, double degrees, double away = radius) const {
        const double angle = degrees * std::numbers::pi / 180;
        return placeOf(
            window, {m_fixture.big().x + away * std::cos(angle), m_fixture.big().y + away * std::sin(angle)});
    }
    /// Leads the free pointer there, until what stands at the lower edge begins so.
    static bool pointAt(MainWindow& window, QPoint place, const char* words) {
        return QTest::qWaitFor(
            [&] {
                moveHeld(*window.viewport(), place, Qt::NoButton);
                return hint(window).startsWith(QString::fromUtf8(words));
            },
            20000);
    }
    /// How far the vertices in the east lie from a circle around the glacier's middle, at most; their number.
    std::pair<double, int> fromCircle(const std::string& file, double wanted) const {
        double farthest = 0;
        int count = 0;
        for (const auto& outline : stored(file, "inventory")) {
            for (const auto& point : outline->geometry.at(0).outer) {
                const double x = point.x - m_fixture.big().x;
                const double y = point.y - m_fixture.big().y;
                if (std::abs(std::atan2(y, x)) < 75 * std::numbers::pi / 180) {
                    farthest = std::max(farthest, std::abs(std::hypot(x, y) - wanted));
                    ++count;
                }
            }
        }
        return {farthest, count};
    }

private Q_SLOTS:
    void fromClickToClickTheLineFollowsThePicture() {
        const auto file = makeDisplaced("picture.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, {m_fixture.big().x - 300, m_fixture.big().y});
        // Its key takes the tool up.
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QVERIFY(window->action("redraw")->isChecked());
        QCOMPARE(chosen(*window), QString("Live-wire: picture (Shift+G)"));
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, 100));
        QVERIFY2(pointAt(*window, around(*window, 0), "Where it goes wrong"), qPrintable(hint(*window)));
        view->grabFramebuffer();
        picture(*window, "wire-begun");
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, 0));
        QVERIFY(pointAt(*window, around(*window, 60, 0.5 * radius), "Where it goes wrong"));
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, 60, 0.5 * radius));
        QTest::keyClick(view, Qt::Key_Backspace); // the whole stretch, not a vertex of it
        QVERIFY(pointAt(*window, around(*window, -100), "Where it goes wrong"));
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, -100));
        QTest::mouseClick(view, Qt::RightButton, {}, around(*window, -100));
        QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
        view->grabFramebuffer();
        picture(*window, "wire-done");
        QVERIFY(closed(*window));
        const auto [farthest, count] = fromCircle(file, radius);
        QVERIFY2(count > 8, qPrintable(QString::number(count)));
        QVERIFY2(farthest < 0.7 * WindowFixture::pixel, qPrintable(QString::number(farthest)));
    }

    void orTheModelWhereThereIsAPrediction() {
        const auto file = makeDisplaced("model.gpkg");
        writeProbability(file);
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, {m_fixture.big().x - 300, m_fixture.big().y});
        QTest::keyClick(view, Qt::Key_S);
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QCOMPARE(chosen(*window), QString("Live-wire: model (Shift+G)"));
        const double half = radius - 60;
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, 95, half));
        QVERIFY2(pointAt(*window, around(*window, 0, half), "Where it goes wrong"),
                 qPrintable(hint(*window)));
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, 0, half));
        QVERIFY(pointAt(*window, around(*window, -95, half), "Where it goes wrong"));
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, -95, half));
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
        QVERIFY(closed(*window));
        const auto [farthest, count] = fromCircle(file, half);
        QVERIFY2(count > 8, qPrintable(QString::number(count)));
        QVERIFY2(farthest < 0.5 * WindowFixture::pixel, qPrintable(QString::number(farthest)));
    }

    void inALargeViewItFollowsFromTheFirstClickOn() {
        writeFine();
        const auto file = makeDisplaced("large.gpkg", "fine.json");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, {m_fixture.big().x - 300, m_fixture.big().y});
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, 100));
        for (const double degrees : {0.0, -100.0}) {
            QVERIFY2(pointAt(*window, around(*window, degrees), "Where it goes wrong"),
                     qPrintable(hint(*window)));
            QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, degrees));
        }
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_COMPARE(lastStep(*window), QString("Redraw Big Glacier"));
        QVERIFY(closed(*window));
        const auto [farthest, count] = fromCircle(file, radius);
        QVERIFY2(count > 8, qPrintable(QString::number(count)));
        // Two pixels of the view: the hand sees no finer.
        QVERIFY2(farthest < 2 * 6, qPrintable(QString::number(farthest)));
    }

    void whereThereIsNothingToFollowItSaysSoAndIsStraight() {
        const auto file = makeDisplaced("nothing.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        clickAt(*window, {m_fixture.big().x - 300, m_fixture.big().y});
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QTest::mouseClick(view, Qt::LeftButton, {}, around(*window, 100));
        QVERIFY2(
            pointAt(*window, around(*window, 0), "This picture has no prediction · the line is straight"),
            qPrintable(hint(*window)));
        // The same key chooses another edge in the middle of the line.
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QCOMPARE(chosen(*window), QString("Live-wire: picture (Shift+G)"));
        QVERIFY(pointAt(*window, around(*window, 0), "Where it goes wrong"));
        QTest::keyClick(view, Qt::Key_Escape);
        QTest::keyClick(view, Qt::Key_Escape);
        QVERIFY(window->action("select")->isChecked());
        // Taken up again, what was chosen holds.
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QVERIFY(window->action("redraw")->isChecked());
        QCOMPARE(chosen(*window), QString("Live-wire: picture (Shift+G)"));
        QVERIFY(closed(*window));
    }

    void aNewGlacierIsDrawnAlongTheEdgeToo() {
        const auto file = makeDisplaced("new.gpkg");
        const auto window = m_fixture.openWindow(file);
        QVERIFY(window);
        auto* view = window->viewport();
        QTest::keyClick(view, Qt::Key_G);
        QTest::keyClick(view, Qt::Key_G, Qt::ShiftModifier);
        QVERIFY(window->action("newGlacier")->isChecked()); // the tool in the hand has it
        const double small = WindowFixture::smallRadius * WindowFixture::pixel;
        const auto at = [&](double degrees) {
            const double angle = degrees * std::numbers::pi / 180;
            return placeOf(*window, {m_fixture.small().x + small * std::cos(angle),
                                     m_fixture.small().y + small * std::sin(angle)});
        };
        QTest::mouseClick(view, Qt::LeftButton, {}, at(0));
        for (const double degrees : {110.0, 220.0}) {
            QVERIFY2(pointAt(*window, at(degrees), "Where it goes wrong"), qPrintable(hint(*window)));
            QTest::mouseClick(view, Qt::LeftButton, {}, at(degrees));
        }
        // What closes the ring follows the edge, too: straight it would cut off more than a quarter.
        view->grabFramebuffer();
        picture(*window, "wire-closing");
        QTest::keyClick(view, Qt::Key_Return);
        QTRY_VERIFY(lastStep(*window).contains("glacier", Qt::CaseInsensitive));
        QVERIFY(closed(*window));
        const auto all = stored(file, "inventory");
        QCOMPARE(all.size(), std::size_t(2));
        double drawn = 0;
        for (const auto& outline : all) {
            if (outline->name != "Big Glacier") {
                drawn = geo::planarArea(outline->geometry);
            }
        }
        const double truth = std::numbers::pi * small * small;
        // Of 14 pixels of radius a line within half a pixel of it may cut off this much.
        QVERIFY2(std::abs(drawn - truth) < 0.05 * truth, qPrintable(QString::number(drawn / truth)));
    }
};

NUNATAK_WINDOW_TEST_MAIN(WindowWireTest)
#include "window_wire_test.moc"
