// SPDX-License-Identifier: GPL-3.0-or-later
// What the hand sees of an edit of the longest outline of an inventory: from a move of the pointer to the
// frame that shows what the edit would make of it, while a vertex is dragged and while its line is drawn
// anew, from near and with all of it in view. Beside each a frame of the same view without editing, in the
// same run. Drives the real window with real events.
//
//     editing_frames --scene scene.json --outlines inventory.gpkg
#include "frame_watch.h"
#include "measured.h"
#include "measured_layer.h"

#include "base/error.h"
#include "geo/inner_point.h"
#include "geo/segments.h"
#include "project/project.h"
#include "raster/raster_reader.h"
#include "support/shown_window.h"
#include "ui/viewport/surface_format.h"
#include "ui/window/appearance.h"

#include <CLI/CLI.hpp>

#include <QLabel>
#include <QTemporaryDir>

#include <cmath>
#include <memory>
#include <string>

using namespace nunatak;
using namespace nunatak::tests;
using ui::viewport::Viewport;

namespace {

constexpr QSize windowSize(1280, 800);
constexpr double edgesInView = 40;

class Measuring {
public:
    Measuring(const std::string& file, int times) : m_times(times) {
        m_edited =
            editedOf(project::Project::open(file, project::Access::ReadOnly)->outlines("inventory").all());
        m_window = shownWindow(m_folder.filePath("settings.ini"), windowSize, file);
        waitFor([&] { return m_window->isIdle() && view().terrain() != nullptr; }, 60000);
        rest(*m_window);
    }

    void run() {
        const int vertex = m_edited.run[m_edited.run.size() / 2];
        std::printf(" from near, about %.0f edges in view\n", edgesInView);
        come(vertex);
        const Times near = plainFrames(*m_window, m_times);
        near.print("a frame without editing", near);
        select();
        come(vertex);
        plainFrames(*m_window, m_times).print("the same, selected", near);
        drag(vertex, near);
        redraw(closeBeside(vertex), near);

        std::printf(" all of it in view\n");
        select(false);
        view().frame(m_edited.outline->extent(), false);
        rest(*m_window);
        const Times far = plainFrames(*m_window, m_times);
        far.print("a frame without editing", far);
        select();
        plainFrames(*m_window, m_times).print("the same, selected", far);
        const auto& run = m_edited.run;
        redraw(farAround(run[run.size() / 10], run[run.size() * 9 / 10]), far);
    }

private:
    Viewport& view() { return *m_window->viewport(); }
    const geo::Ring& ring() const { return m_edited.outline->geometry.front().outer; }
    geo::Point at(int vertex) const { return ring()[static_cast<std::size_t>(vertex) % ring().size()]; }
    QPointF seen(geo::Point place) {
        const auto there = view().project(place);
        if (!there) {
            throw Error("What is to be edited is not in the view.");
        }
        return *there;
    }

    void come(int vertex) {
        const geo::Point place = at(vertex);
        view().frame(geo::Extent{place.x, place.y, place.x, place.y}.grown(
                         edgesInView / 2 * geo::distance(place, at(vertex + 1))),
                     false);
        rest(*m_window);
    }

    void select(bool selected = true) {
        for (int i = 0; i < 3; ++i) {
            QTest::keyClick(&view(), Qt::Key_Escape);
        }
        if (selected) {
            view().frame(m_edited.outline->extent(), false);
            rest(*m_window);
            QTest::mouseClick(&view(), Qt::LeftButton, {},
                              seen(geo::innerPoint(m_edited.outline->geometry)).toPoint());
        }
        rest(*m_window);
    }

    /// Sends the pointer there, held, and waits for the frame.
    void move(QPointF to, Times& handling, Times& shown) {
        Watch watch(*m_window, view(), [] { return true; });
        handling.milliseconds.push_back(milliseconds([&] {
            QMouseEvent event(QEvent::MouseMove, to, view().mapToGlobal(to), Qt::NoButton, Qt::LeftButton,
                              {});
            QApplication::sendEvent(&view(), &event);
            QCoreApplication::sendPostedEvents(&view());
        }));
        watch.addTo(shown);
    }

    /// What the pointer says: of an edit that is possible the change of area.
    QString note() {
        const auto* label = view().findChild<QLabel*>("pointerNote");
        return label != nullptr && label->isVisible() ? label->text() : QString();
    }

    void say(const char* what, int notPossible, int moves) {
        std::printf("  %s: of %d moves %d possible, the last: %s\n", what, moves, moves - notPossible,
                    qPrintable(note()));
    }

    void drag(int vertex, const Times& frame) {
        const QPointF from = seen(at(vertex));
        // Beside the line, where it does not meet itself.
        const QPointF along = seen(at(vertex + 1)) - from;
        const QPointF away = QPointF(along.y(), -along.x()) / std::hypot(along.x(), along.y());
        QTest::mouseMove(&view(), from.toPoint());
        QTest::qWait(250);
        QTest::mousePress(&view(), Qt::LeftButton, {}, from.toPoint());
        Times handling, shown, first, firstHandling;
        int notPossible = 0;
        const int moves = m_times + 3;
        for (int i = 0; i < moves; ++i) {
            const bool isFirst = i < 3;
            move(from + away * (5 + 1.5 * (i % 5)), isFirst ? firstHandling : handling,
                 isFirst ? first : shown);
            notPossible += note().contains(QLatin1Char('%')) ? 0 : 1;
        }
        say("a shared vertex dragged", notPossible, moves);
        end(from);
        first.print("the first three moves of a drag, to the frame", frame);
        handling.print("a move of a drag, work of the thread", frame);
        shown.print("a move of a drag, to the frame", frame);
    }

    /// Places of the screen beside a stretch of the line, where a hand would draw it anew: begun and ended
    /// within the glacier, outside of it between.
    std::vector<QPointF> closeBeside(int vertex) {
        const int half = static_cast<int>(edgesInView / 4);
        const QPointF along = seen(at(vertex + half)) - seen(at(vertex - half));
        const QPointF out = QPointF(along.y(), -along.x()) / std::hypot(along.x(), along.y());
        constexpr double away = 12;
        std::vector<QPointF> way{seen(at(vertex - half)) - 2 * away * out};
        for (int i = -half; i <= half; ++i) {
            way.push_back(seen(at(vertex + i)) + away * out);
        }
        for (int i = 0; i < 8; ++i) { // and on, within the glacier: all of these say what becomes
            way.push_back(seen(at(vertex + half)) - (2 * away + 3 * i) * out);
        }
        return way;
    }

    /// The same around the bays and spurs of a long stretch, in an arc about the middle.
    std::vector<QPointF> farAround(int first, int last) {
        const geo::Point middle = m_edited.outline->extent().center();
        const auto around = [&](int vertex, double radius) {
            const double share = radius / geo::distance(at(vertex), middle);
            return seen(
                {middle.x + share * (at(vertex).x - middle.x), middle.y + share * (at(vertex).y - middle.y)});
        };
        double farthest = 0;
        for (int vertex = first; vertex <= last; ++vertex) {
            farthest = std::max(farthest, geo::distance(at(vertex), middle));
        }
        constexpr int places = 30;
        std::vector<QPointF> way{around(first, 0.8 * geo::distance(at(first), middle))};
        for (int i = 0; i <= places; ++i) {
            way.push_back(around(first + (last - first) * i / places, 1.05 * farthest));
        }
        for (int i = 0; i < 8; ++i) { // and on, within the glacier: all of these say what becomes
            way.push_back(around(last, (0.8 - 0.02 * i) * geo::distance(at(last), middle)));
        }
        return way;
    }

    void redraw(const std::vector<QPointF>& way, const Times& frame) {
        QTest::keyClick(&view(), Qt::Key_S);
        QTest::mouseMove(&view(), way.front().toPoint());
        QTest::qWait(250);
        QTest::mousePress(&view(), Qt::LeftButton, {}, way.front().toPoint());
        Times begun, handling, shown, handlingBegun;
        int moves = 0;
        for (std::size_t i = 1; i < way.size(); ++i) {
            for (int k = 1; k <= 3; ++k, ++moves) {
                Times taken, worked;
                move(way[i - 1] + (way[i] - way[i - 1]) * k / 3, worked, taken);
                // Only what meets the outline for a second time says what becomes of it.
                const bool isPossible = note().contains(QLatin1Char('%'));
                auto& frames = isPossible ? shown : begun;
                frames.milliseconds.push_back(taken.milliseconds.front());
                frames.work.push_back(taken.work.front());
                (isPossible ? handling : handlingBegun).milliseconds.push_back(worked.milliseconds.front());
            }
        }
        say("drawn anew", static_cast<int>(begun.milliseconds.size()), moves);
        end(way.front());
        QTest::keyClick(&view(), Qt::Key_Q);
        begun.print("a move of a stroke that is begun, to the frame", frame);
        handling.print("one that shows what becomes, work of the thread", frame);
        shown.print("one that shows what becomes, to the frame", frame);
    }

    void end(QPointF at) {
        QTest::keyClick(&view(), Qt::Key_Escape);
        QTest::mouseRelease(&view(), Qt::LeftButton, {}, at.toPoint());
        rest(*m_window);
    }

    QTemporaryDir m_folder;
    int m_times;
    Edited m_edited;
    std::unique_ptr<ui::window::MainWindow> m_window;
};

} // namespace

int main(int argc, char** argv) {
    std::string scene, inventory;
    int times = 20;
    CLI::App arguments("What the hand sees of an edit of a long outline.");
    arguments.add_option("--scene", scene, "A scene's manifest (scene.json) to lay outlines over")
        ->required();
    arguments.add_option("--outlines", inventory, "Outlines to lay over it")->required();
    arguments.add_option("--times", times, "How often each is done");
    CLI11_PARSE(arguments, argc, argv);
    try {
        ui::viewport::setDefaultSurfaceFormat();
        QApplication application(argc, argv);
        ui::window::applyAppearance(application);
        raster::initialiseGdal();
        const QTemporaryDir folder;
        Measuring(makeProject(QDir(folder.path()), scene, inventory, outlines::LayerKind::Inventory), times)
            .run();
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "editing_frames: %s\n", error.what());
        return 1;
    }
}
