// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/review/difference_box.h"

#include "ui/base/format.h"
#include "ui/base/owned.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>
#include <utility>

namespace nunatak::ui::review {

namespace {

QString metresText(double metres) {
    return DifferenceBox::tr("%1 m").arg(QLocale().toString(metres, 'f', metres < 10 ? 1 : 0));
}

QString inColor(const QString& words, const QColor& color) {
    return QStringLiteral("<span style=\"color:%1\">&#9632;</span> %2").arg(color.name(), words);
}

} // namespace

DifferenceBox::DifferenceBox(QWidget* parent) : QWidget(parent) {
    auto* line = owned<QHBoxLayout>();
    line->setSpacing(2);
    line->addWidget(owned<QLabel>(tr("Beside")));
    const std::array<std::pair<const char*, QString>, 3> names{{{"besidePrediction", tr("Prediction")},
                                                                {"besideExpert", tr("Expert")},
                                                                {"besideStart", tr("Start")}}};
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto* button = owned<QToolButton>();
        button->setObjectName(QLatin1String(names[i].first));
        button->setText(names[i].second);
        button->setCheckable(true);
        button->setAutoRaise(true);
        button->setEnabled(false);
        connect(button, &QToolButton::clicked, this, [this, i](bool isChecked) {
            m_chosen = isChecked ? std::optional(static_cast<Before>(i)) : std::nullopt;
            for (std::size_t k = 0; k < m_buttons.size(); ++k) {
                m_buttons[k]->setChecked(isChecked && k == i);
            }
            Q_EMIT chosenChanged();
        });
        m_buttons[i] = button;
        line->addWidget(button);
    }
    line->addStretch(1);
    m_numbers = owned<QLabel>();
    m_numbers->setObjectName(QStringLiteral("besideNumbers"));
    m_numbers->setWordWrap(true);
    m_numbers->setTextFormat(Qt::RichText);
    m_numbers->hide();
    // Its buttons stay under the pointer that has pressed one.
    QSizePolicy policy = m_numbers->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_numbers->setSizePolicy(policy);
    m_numbers->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    constexpr int lines = 3;
    m_numbers->setMinimumHeight(lines * m_numbers->fontMetrics().lineSpacing());
    connect(m_numbers, &QLabel::linkActivated, this, &DifferenceBox::farthestRequested);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(line);
    layout->addWidget(m_numbers);
    offer({});
}

void DifferenceBox::offer(const std::array<QString, 3>& titles) {
    const std::array<QString, 3> without{tr("No prediction has an outline of this glacier"),
                                         tr("No expert's outlines of this time have this glacier"),
                                         tr("What this outline was started from is not there any more")};
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        const bool isThere = !titles[i].isEmpty();
        m_buttons[i]->setEnabled(isThere);
        m_buttons[i]->setToolTip(
            isThere ? tr("Show what this outline has gained and lost beside that of %1").arg(titles[i])
                    : without[i]);
    }
}

void DifferenceBox::showDifference(const nunatak::review::OutlineDifference& difference) {
    const QLocale locale;
    constexpr double tenth = 0.05; // of a per cent: what is less is said as 0.0, without a sign
    double change = difference.areaBefore > 0
                        ? 100 * (difference.areaAfter - difference.areaBefore) / difference.areaBefore
                        : 0;
    change = std::abs(change) < tenth ? 0 : change;
    QString words =
        tr("Area %1 → %2 (%3 %)")
            .arg(areaText(difference.areaBefore), areaText(difference.areaAfter),
                 (change > 0 ? QStringLiteral("+") : QString()) + locale.toString(change, 'f', 1));
    words +=
        QStringLiteral("<br>") + inColor(tr("gained %1").arg(areaText(difference.gainedArea)), gainedColor) +
        QStringLiteral(" &nbsp; ") + inColor(tr("lost %1").arg(areaText(difference.lostArea)), lostColor);
    if (difference.meanDistance && difference.largestDistance) {
        words +=
            QStringLiteral("<br>") +
            (*difference.largestDistance > 0
                 ? tr("Lines %1 apart on average, <a href=\"farthest\">%2 at most</a>")
                       .arg(metresText(*difference.meanDistance), metresText(*difference.largestDistance))
                 : tr("The lines are the same"));
    }
    m_numbers->setText(words);
    m_numbers->show();
}

void DifferenceBox::say(const QString& sentence) {
    m_numbers->setText(sentence);
    m_numbers->setVisible(!sentence.isEmpty());
}

} // namespace nunatak::ui::review
