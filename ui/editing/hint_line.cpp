// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editing/hint_line.h"

namespace nunatak::ui::editing {

namespace {

constexpr int side = 10; // pixels before and behind the words
constexpr int above = 3; // and over and under them

} // namespace

HintLine::HintLine(QWidget& view) : QLabel(&view), m_keeper(*this, EdgeKeeper::Edge::Bottom) {
    setObjectName(QStringLiteral("hintLine"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setTextFormat(Qt::PlainText);
    setAlignment(Qt::AlignCenter);
    setStyleSheet(QStringLiteral("background: rgba(16, 22, 30, 205); color: white; border-radius: 4px;"));
    hide();
}

void HintLine::say(const QString& words) {
    if (words == m_words) {
        return;
    }
    m_words = words;
    setVisible(!words.isEmpty());
    m_keeper.place();
    setText(fontMetrics().elidedText(m_words, Qt::ElideRight, width() - 2 * side));
}

QSize HintLine::sizeHint() const {
    const auto metrics = fontMetrics();
    return {metrics.horizontalAdvance(m_words) + 2 * side + 1, metrics.height() + 2 * above};
}

void HintLine::resizeEvent(QResizeEvent* event) {
    QLabel::resizeEvent(event);
    setText(fontMetrics().elidedText(m_words, Qt::ElideRight, width() - 2 * side));
}

} // namespace nunatak::ui::editing
