// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "window_fixture.h"

#include <QFile>
#include <QKeySequence>
#include <QNativeGestureEvent>
#include <QSlider>
#include <QTextStream>
#include <QWheelEvent>

#include <functional>
#include <map>
#include <optional>

namespace nunatak::tests {

/// Plays a recording of what a hand does with the view, with the events that Qt would send, and checks what
/// it expects in between. One command a line, places in pixels of the view, `#` begins a comment:
///
///   camera TILT HEADING HEIGHT [U V]   degrees, degrees, metres the view is high; looks at the middle of the
///                                scene, or these shares of it eastwards and southwards
///   exaggerate FACTOR            by the slider
///   press BUTTON X Y, move X Y, release
///   wheel NOTCHES X Y, double X Y
///   fingers DX DY, pinch SHARE, twist DEGREES      on a trackpad, where the pointer is
///   key KEYS                     such as Shift+N
///   wait MILLISECONDS, land      until a flight has ended
///   mark X Y                     remembers the ground there
///   expect mark X Y WITHIN       that ground is now there, pixels
///   expect tilt|heading DEGREES WITHIN
///   expect scale RATIO WITHIN    metres a pixel, to those after `camera`
///   expect above METRES          the eye over the ground drawn, at least
///   expect flying|resting|flat|tilted|parallel
///   expect selected NAME
class GestureReplayer {
public:
    explicit GestureReplayer(ui::window::MainWindow& window) : m_window(window), m_view(*window.viewport()) {}

    /// The first line that failed, with what was found; empty when all was as expected.
    QString play(const QString& path) {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly | QIODevice::Text)) {
            return path + " cannot be read.";
        }
        QTextStream stream(&file);
        for (int number = 1; !stream.atEnd(); ++number) {
            const QString line = stream.readLine().section('#', 0, 0).simplified();
            if (line.isEmpty()) {
                continue;
            }
            m_words = line.split(' ');
            m_found.clear();
            const auto command = m_words.takeFirst();
            if (!(command == "expect" ? holds() : does(command))) {
                return QString("line %1, \"%2\": %3").arg(number).arg(line, m_found);
            }
            ++m_played;
        }
        return m_played > 0 ? QString() : path + " is empty.";
    }

private:
    double number(int index) const { return m_words.value(index).toDouble(); }
    QPointF place(int index) const { return {number(index), number(index + 1)}; }
    void send(QEvent& event) { QApplication::sendEvent(&m_view, &event); }

    void mouse(QEvent::Type type, QPointF at) {
        m_pointer = at;
        const auto held = type == QEvent::MouseButtonRelease ? Qt::NoButton : m_button;
        QMouseEvent event(type, at, m_view.mapToGlobal(at),
                          type == QEvent::MouseMove ? Qt::NoButton : m_button, held, {});
        send(event);
    }
    void scroll(QPoint pixels, QPoint angle, Qt::ScrollPhase phase) {
        QWheelEvent event(m_pointer, m_view.mapToGlobal(m_pointer), pixels, angle, Qt::NoButton, {}, phase,
                          false);
        send(event);
    }
    void gesture(Qt::NativeGestureType type, double value) {
        QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, m_pointer, m_pointer,
                                  m_view.mapToGlobal(m_pointer), value, {});
        send(event);
    }
    bool land() {
        return QTest::qWaitFor([&] { return !m_view.isFlying() && m_view.isSharp(); }, 10000);
    }

    bool does(const QString& command) {
        const std::map<QString, std::function<bool()>> commands{
            {"camera", [&] { return look(); }},
            {"exaggerate",
             [&] {
                 m_window.findChild<QSlider*>("exaggeration")->setValue(int(std::lround(20 * number(0))));
                 return land() && std::abs(m_view.verticalExaggeration() - number(0)) < 1e-6;
             }},
            {"press",
             [&] {
                 const std::map<QString, Qt::MouseButton> buttons{
                     {"left", Qt::LeftButton}, {"right", Qt::RightButton}, {"middle", Qt::MiddleButton}};
                 m_button = buttons.at(m_words.value(0));
                 mouse(QEvent::MouseButtonPress, place(1));
                 return true;
             }},
            {"move", [&] { return mouse(QEvent::MouseMove, place(0)), true; }},
            {"release",
             [&] {
                 mouse(QEvent::MouseButtonRelease, m_pointer);
                 m_button = Qt::NoButton;
                 return true;
             }},
            {"wheel",
             [&] {
                 m_pointer = place(1);
                 const int direction = number(0) < 0 ? -120 : 120;
                 for (int i = 0; i < std::abs(int(number(0))); ++i) {
                     scroll({}, {0, direction}, Qt::NoScrollPhase);
                 }
                 return true;
             }},
            {"double",
             [&] {
                 m_button = Qt::LeftButton;
                 for (const auto type : {QEvent::MouseButtonPress, QEvent::MouseButtonRelease,
                                         QEvent::MouseButtonDblClick, QEvent::MouseButtonRelease}) {
                     mouse(type, place(0));
                 }
                 m_button = Qt::NoButton;
                 return true;
             }},
            {"fingers",
             [&] {
                 const QPoint pixels = place(0).toPoint();
                 scroll(pixels, pixels * 3, Qt::ScrollUpdate);
                 m_pointer += pixels;
                 return true;
             }},
            {"pinch", [&] { return gesture(Qt::ZoomNativeGesture, number(0)), true; }},
            {"twist", [&] { return gesture(Qt::RotateNativeGesture, number(0)), true; }},
            {"key", [&] { return QTest::keySequence(&m_view, QKeySequence(m_words.value(0))), true; }},
            {"wait", [&] { return QTest::qWait(int(number(0))), true; }},
            {"land", [&] { return land(); }},
            {"mark", [&] {
                 m_pointer = place(0);
                 const auto hit = m_view.pick(m_pointer);
                 m_mark = hit ? std::optional(hit->map) : std::nullopt;
                 m_found = "no ground there";
                 return m_mark.has_value();
             }}};
        const auto known = commands.find(command);
        m_found = known == commands.end() ? "no such command" : "could not be done";
        return known != commands.end() && known->second();
    }

    bool look() {
        const auto extent = m_view.terrain()->heightGrid.extent();
        const double u = m_words.size() > 4 ? number(3) : 0.5;
        const double v = m_words.size() > 4 ? number(4) : 0.5;
        const geo::Point middle{extent.xmin + u * extent.width(), extent.ymax - v * extent.height()};
        auto camera = m_view.camera();
        camera.target = {middle.x, middle.y, m_view.terrain()->heightAt(middle)};
        camera.tilt = number(0);
        camera.heading = number(1);
        camera.viewHeight = number(2);
        const bool taken = m_view.restoreCamera(camera.toText()) && land();
        m_scale = m_view.metresPerPixel();
        return taken;
    }

    bool near(double found, double wanted, double within) {
        m_found = QString::number(found);
        return std::abs(found - wanted) <= within;
    }
    bool holds() {
        const auto what = m_words.takeFirst();
        const auto& camera = m_view.camera();
        if (what == "mark") {
            const auto now = m_mark ? m_view.project(*m_mark) : std::nullopt;
            if (!now) {
                return false;
            }
            const QPointF away = *now - place(0);
            near(now->x(), 0, 0);
            m_found += " " + QString::number(now->y());
            return std::hypot(away.x(), away.y()) <= number(2);
        }
        if (what == "tilt") {
            return near(camera.tilt, number(0), number(1));
        }
        if (what == "heading") {
            const double turn = std::remainder(camera.heading - number(0), 360);
            return near(number(0) + turn, number(0), number(1));
        }
        if (what == "scale") {
            return near(m_view.metresPerPixel() / m_scale, number(0), number(1));
        }
        if (what == "above") {
            const auto eye = camera.eye();
            const double over =
                eye.z - m_view.terrain()->heightAt({eye.x, eye.y}) * m_view.verticalExaggeration();
            m_found = QString::number(over);
            return over >= number(0);
        }
        if (what == "selected") {
            m_found = m_window.findChild<QLabel*>("glacierName")->text();
            return m_found == m_words.join(' ');
        }
        m_found = QString("tilt %1, %2").arg(camera.tilt).arg(m_view.isFlying() ? "flying" : "resting");
        return (what == "flying" && m_view.isFlying()) || (what == "resting" && !m_view.isFlying()) ||
               (what == "flat" && m_view.isFlatMap() && camera.isParallel()) ||
               (what == "parallel" && camera.isParallel()) || (what == "tilted" && camera.tilt > 1);
    }

    ui::window::MainWindow& m_window;
    ui::viewport::Viewport& m_view;
    QStringList m_words;
    QString m_found;
    QPointF m_pointer;
    Qt::MouseButton m_button = Qt::NoButton;
    std::optional<geo::Point> m_mark;
    double m_scale = 1;
    int m_played = 0;
};

} // namespace nunatak::tests
