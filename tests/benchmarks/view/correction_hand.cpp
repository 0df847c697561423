// SPDX-License-Identifier: GPL-3.0-or-later
#include "correction_hand.h"

#include "frame_watch.h"

#include "base/error.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "project/project.h"
#include "ui/layers/inspector_panel.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QFileInfo>
#include <QKeySequence>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMouseEvent>
#include <QPushButton>

#include <algorithm>
#include <cmath>

namespace nunatak::tests {

namespace {

constexpr int patience = 120000;     // ms
constexpr int betweenMoves = 8;      // ms, as a mouse tells
constexpr double besideShare = 0.01; // of the line: its direction at a place is taken over so much

/// So far along a ring from its first vertex, which is at 0 and 1.
geo::Point along(const geo::Ring& ring, double share) {
    double length = 0;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        length += geo::distance(ring[i], ring[(i + 1) % ring.size()]);
    }
    double left = (share - std::floor(share)) * length;
    for (std::size_t i = 0; i < ring.size(); ++i) {
        const geo::Point& a = ring[i];
        const geo::Point& b = ring[(i + 1) % ring.size()];
        const double edge = geo::distance(a, b);
        if (left <= edge && edge > 0) {
            return geo::pointAlong(a, b, left / edge);
        }
        left -= edge;
    }
    return ring.front();
}

} // namespace

void CorrectionHand::play(const QStringList& lines) {
    playLines(lines, 0, static_cast<int>(lines.size()));
}

void CorrectionHand::playLines(const QStringList& lines, int first, int end) {
    for (int i = first; i < end; ++i) {
        QStringList words =
            lines[i].section(QLatin1Char('#'), 0, 0).simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
        if (words.isEmpty()) {
            continue;
        }
        if (words.front() == QLatin1String("repeat")) {
            int last = i + 1;
            while (last < end && lines[last].simplified() != QLatin1String("end")) {
                ++last;
            }
            for (int k = 0; k < words.value(1).toInt(); ++k) {
                playLines(lines, i + 1, last);
            }
            i = last;
            continue;
        }
        try {
            does(words);
        } catch (const Error& error) {
            throw Error("line " + std::to_string(i + 1) + ", \"" + lines[i].simplified().toStdString() +
                        "\": " + error.what());
        }
    }
}

void CorrectionHand::does(QStringList words) {
    const QString command = words.takeFirst();
    const auto send = [&](QEvent::Type type, Qt::MouseButton button, Qt::MouseButtons held) {
        QMouseEvent event(type, m_pointer, view().mapToGlobal(m_pointer), button, held, {});
        QApplication::sendEvent(&view(), &event);
    };
    if (command == QLatin1String("phase")) {
        m_phase(words.join(QLatin1Char(' ')));
    } else if (command == QLatin1String("key")) {
        QTest::keySequence(&view(), QKeySequence(words.value(0)));
    } else if (command == QLatin1String("glacier")) {
        rememberGlacier();
    } else if (command == QLatin1String("press")) {
        moveTo(place(words), 1);
        m_isHeld = true;
        send(QEvent::MouseButtonPress, Qt::LeftButton, Qt::LeftButton);
    } else if (command == QLatin1String("move")) {
        moveTo(place(words), std::max(1, words.last().toInt()));
    } else if (command == QLatin1String("release")) {
        m_isHeld = false;
        send(QEvent::MouseButtonRelease, Qt::LeftButton, Qt::NoButton);
    } else if (command == QLatin1String("click")) {
        moveTo(place(words), 1);
        send(QEvent::MouseButtonPress, Qt::LeftButton, Qt::LeftButton);
        send(QEvent::MouseButtonRelease, Qt::LeftButton, Qt::NoButton);
    } else if (command == QLatin1String("wait")) {
        QTest::qWait(words.value(0).toInt());
    } else if (command == QLatin1String("land")) {
        QTest::qWait(betweenMoves);
        waitFor([&] { return !view().isFlying(); }, patience);
    } else if (command == QLatin1String("rest")) {
        waitFor([&] { return m_window.isIdle() && !view().isFlying() && view().isSharp(); }, patience);
    } else if (command == QLatin1String("done")) {
        const QString wanted = words.join(QLatin1Char(' '));
        QTest::qWait(betweenMoves);
        if (!lastStep().startsWith(wanted)) {
            throw Error("The last step is \"" + lastStep().toStdString() + "\".");
        }
    } else if (command == QLatin1String("button")) {
        auto* button = m_window.findChild<QAbstractButton*>(words.value(0));
        if (button == nullptr || !button->isVisible()) {
            throw Error("There is no such button.");
        }
        QTest::mouseClick(button, Qt::LeftButton);
    } else if (command == QLatin1String("choose")) {
        choose(words.value(0), words.value(1).toInt());
    } else if (command == QLatin1String("export")) {
        exportTo(words.value(0));
    } else {
        throw Error("There is no such command.");
    }
}

void CorrectionHand::rememberGlacier() {
    const auto* inspector = m_window.findChild<ui::layers::InspectorPanel*>();
    const std::string uuid = inspector->value(QStringLiteral("UUID")).toStdString();
    const auto project = project::Project::open(m_file, project::Access::ReadOnly);
    for (const auto& inventory : project->inventories()) {
        if (const auto outline = project->outlines(inventory.name).find(uuid)) {
            const auto& largest = *std::max_element(
                outline->geometry.begin(), outline->geometry.end(), [](const auto& a, const auto& b) {
                    return std::abs(geo::signedArea(a.outer)) < std::abs(geo::signedArea(b.outer));
                });
            m_line = largest.outer;
            if (geo::signedArea(m_line) < 0) {
                std::reverse(m_line.begin(), m_line.end());
            }
            std::rotate(m_line.begin(),
                        std::max_element(m_line.begin(), m_line.end(),
                                         [](geo::Point a, geo::Point b) { return a.y < b.y; }),
                        m_line.end());
            return;
        }
    }
    throw Error("No glacier of an inventory is selected.");
}

QPointF CorrectionHand::place(const QStringList& words) const {
    const auto& view = *m_window.viewport();
    if (words.value(0) == QLatin1String("middle")) {
        return QPointF(view.width(), view.height()) / 2;
    }
    if (m_line.empty()) {
        throw Error("Which glacier? Say \"glacier\" before.");
    }
    const double share = words.value(0).toDouble();
    const auto seen = [&](double at) {
        const auto there = view.project(along(m_line, at));
        if (!there) {
            throw Error("That place is not in the view.");
        }
        return *there;
    };
    // The ring runs counter-clockwise on the map, where y is up: outside is to the right.
    const QPointF ahead = seen(share + besideShare) - seen(share - besideShare);
    const double length = std::max(1.0, std::hypot(ahead.x(), ahead.y()));
    const QPointF outside = QPointF(-ahead.y(), ahead.x()) / length;
    return seen(share) + words.value(1).toDouble() * outside;
}

void CorrectionHand::moveTo(QPointF to, int steps) {
    const QPointF from = m_pointer;
    for (int i = 1; i <= steps; ++i) {
        m_pointer = from + (to - from) * i / steps;
        QMouseEvent move(QEvent::MouseMove, m_pointer, view().mapToGlobal(m_pointer), Qt::NoButton,
                         m_isHeld ? Qt::LeftButton : Qt::NoButton, {});
        QApplication::sendEvent(&view(), &move);
        QTest::qWait(betweenMoves);
    }
}

void CorrectionHand::exportTo(const QString& name) {
    QTest::keyClick(&m_window, Qt::Key_E, Qt::ControlModifier);
    waitFor([] { return QApplication::activeModalWidget() != nullptr; });
    auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
    auto* field = dialog != nullptr ? dialog->findChild<QWidget*>(QStringLiteral("exportFile")) : nullptr;
    if (field == nullptr) {
        throw Error("There is no dialog to export with.");
    }
    auto* line = field->findChild<QLineEdit*>();
    line->setFocus();
    line->selectAll();
    const QString file = QFileInfo(QString::fromStdString(m_file)).dir().filePath(name);
    QTest::keyClicks(line, file);
    QTest::mouseClick(dialog->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok), Qt::LeftButton);
    waitFor([&] { return QFileInfo::exists(file) && m_window.isIdle(); }, patience);
}

void CorrectionHand::choose(const QString& name, int number) {
    auto* box = m_window.findChild<QComboBox*>(name);
    if (box == nullptr || !box->isVisible()) {
        throw Error("There are no such choices.");
    }
    box->setFocus();
    while (box->currentIndex() != number) {
        const int before = box->currentIndex();
        QTest::keyClick(box, before < number ? Qt::Key_Down : Qt::Key_Up);
        if (box->currentIndex() == before) {
            throw Error("There is no such choice.");
        }
        QTest::qWait(betweenMoves);
    }
}

QString CorrectionHand::lastStep() const {
    const auto* history = m_window.findChild<QListWidget*>(QStringLiteral("history"));
    return history != nullptr && history->count() > 0 ? history->item(0)->text() : QString();
}

} // namespace nunatak::tests
