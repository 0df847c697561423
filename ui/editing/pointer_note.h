// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLabel>
#include <QTimer>

namespace nunatak::ui::editing {

/// A few words beside the pointer, over the view: what a hand is doing, or in red why not.
class PointerNote : public QLabel {
    Q_OBJECT

public:
    enum class Kind { Note, Refusal };

    explicit PointerNote(QWidget& view);

    /// Stays until it is hidden or says something else.
    void say(const QString& words, Kind kind, QPointF pointer);
    /// Goes by itself after a moment: there is no drag that ends it.
    void sayBriefly(const QString& words, Kind kind, QPointF pointer);
    bool isRefusal() const { return isVisible() && m_kind == Kind::Refusal; }

private:
    Kind m_kind = Kind::Note;
    QTimer m_timer;
};

} // namespace nunatak::ui::editing
