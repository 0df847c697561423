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
    setWordWrap(true);
    setContentsMargins(side, above, side, above);
    setStyleSheet(QStringLiteral("background: rgba(16, 22, 30, 205); color: white; border-radius: 4px;"));
    hide();
}

void HintLine::say(const QString& words) {
    if (words == m_words) {
        return;
    }
    m_words = words;
    setText(words);
    setVisible(!words.isEmpty());
    m_keeper.place();
}

QSize HintLine::sizeHint() const {
    const auto metrics = fontMetrics();
    return {metrics.horizontalAdvance(m_words) + 2 * side + 1, metrics.height() + 2 * above};
}

int HintLine::heightForWidth(int width) const {
    constexpr int most = 1000;
    const QRect room(0, 0, width - 2 * side, most);
    return fontMetrics().boundingRect(room, Qt::AlignCenter | Qt::TextWordWrap, m_words).height() + 2 * above;
}

} // namespace nunatak::ui::editing
