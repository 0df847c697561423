// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history_panel.h"

#include "project/step_words.h"
#include "ui/base/format.h"
#include "ui/base/owned.h"

#include <QDateTime>
#include <QEvent>
#include <QHBoxLayout>
#include <QIcon>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace nunatak::ui::session {

namespace {

enum Role { StepRole = Qt::UserRole, TakenBackRole, WhenRole };
// A list that people read; the whole history stays in the project.
constexpr int shownSteps = 500;
constexpr int inset = 8;

/// What was done, and below it, paler and smaller, when and by whom.
class StepDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const override {
        return {0, option.fontMetrics.height() + QFontMetrics(smaller(option.font)).height() + inset};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override {
        QStyleOptionViewItem background = option;
        initStyleOption(&background, index);
        background.text.clear();
        const auto* style = option.widget != nullptr ? option.widget->style() : nullptr;
        if (style != nullptr) {
            style->drawControl(QStyle::CE_ItemViewItem, &background, painter, option.widget);
        }
        const bool isChosen = option.state.testFlag(QStyle::State_Selected);
        const auto& palette = option.palette;
        const auto pale = palette.color(QPalette::PlaceholderText);
        const auto ink = palette.color(isChosen ? QPalette::HighlightedText : QPalette::Text);
        QRect room = option.rect.adjusted(inset, inset / 2, -inset, -inset / 2);
        painter->save();
        painter->setFont(option.font);
        painter->setPen(index.data(TakenBackRole).toBool() && !isChosen ? pale : ink);
        painter->drawText(room, Qt::AlignLeft | Qt::AlignTop,
                          option.fontMetrics.elidedText(index.data(Qt::DisplayRole).toString(),
                                                        Qt::ElideMiddle, room.width()));
        painter->setFont(smaller(option.font));
        painter->setPen(isChosen ? ink : pale);
        painter->drawText(
            room, Qt::AlignLeft | Qt::AlignBottom,
            painter->fontMetrics().elidedText(index.data(WhenRole).toString(), Qt::ElideRight, room.width()));
        painter->restore();
    }

private:
    static QFont smaller(QFont font) {
        font.setPointSizeF(font.pointSizeF() * 0.85);
        return font;
    }
};

} // namespace

QString whenText(const project::HistoryStep& step) {
    const auto time = QDateTime::fromString(text(step.time), Qt::ISODate).toLocalTime();
    QStringList parts;
    if (time.isValid()) {
        parts << (time.date() == QDate::currentDate()
                      ? QLocale().toString(time.time(), QStringLiteral("HH:mm:ss"))
                      : QLocale().toString(time, QStringLiteral("d MMM yyyy, HH:mm")));
    } else {
        parts << text(step.time);
    }
    if (!project::isMomentKnown(step)) {
        parts.back() = HistoryPanel::tr("before %1").arg(parts.back());
    }
    if (!step.analyst.empty()) {
        parts << text(step.analyst);
    }
    return parts.join(QStringLiteral(" \u00b7 "));
}

HistoryPanel::HistoryPanel(QWidget* parent) : QWidget(parent) {
    m_search = owned<QLineEdit>();
    m_search->setObjectName(QStringLiteral("historySearch"));
    m_search->setPlaceholderText(tr("Filter by name or word"));
    m_search->setClearButtonEnabled(true);
    m_glacier = owned<QToolButton>();
    m_glacier->setObjectName(QStringLiteral("historyGlacier"));
    m_glacier->setIcon(QIcon::fromTheme(QStringLiteral("view-filter")));
    m_glacier->setText(tr("Only this glacier"));
    m_glacier->setToolTip(tr("Show only what was done to the selected glacier"));
    m_glacier->setCheckable(true);
    m_glacier->setEnabled(false);
    m_list = owned<QListWidget>();
    m_list->setObjectName(QStringLiteral("history"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(owned<StepDelegate>(m_list));
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_back = owned<QPushButton>(QIcon::fromTheme(QStringLiteral("edit-undo-history")), tr("Go back to here"));
    m_back->setObjectName(QStringLiteral("historyBack"));
    m_back->setToolTip(tr("Take back all that was done after the chosen step; redo brings it again"));
    m_back->setEnabled(false);

    auto* above = owned<QHBoxLayout>();
    above->setContentsMargins(6, 6, 6, 4);
    above->addWidget(m_search, 1);
    above->addWidget(m_glacier);
    m_revert = owned<QPushButton>(tr("Revert glacier…"));
    m_revert->setObjectName(QStringLiteral("historyRevert"));
    m_revert->setToolTip(tr("Put the selected glacier alone back as it was: choose when"));
    m_revert->setEnabled(false);
    connect(m_revert, &QPushButton::clicked, this, &HistoryPanel::revertRequested);
    auto* below = owned<QHBoxLayout>();
    below->setContentsMargins(6, 4, 6, 6);
    below->addWidget(m_back);
    below->addWidget(m_revert);
    auto* layout = owned<QVBoxLayout>(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(above);
    layout->addWidget(m_list, 1);
    layout->addLayout(below);

    connect(m_search, &QLineEdit::textChanged, this, &HistoryPanel::filter);
    connect(m_glacier, &QToolButton::toggled, this, &HistoryPanel::glacierFilterToggled);
    const auto fly = [this](QListWidgetItem* item) {
        Q_EMIT stepActivated(item->data(StepRole).toLongLong());
    };
    connect(m_list, &QListWidget::itemClicked, this, fly);
    connect(m_list, &QListWidget::itemActivated, this, fly); // by Enter
    connect(m_list, &QListWidget::itemSelectionChanged, this, &HistoryPanel::updateButtons);
    connect(m_list, &QListWidget::customContextMenuRequested, this, &HistoryPanel::showMenu);
    connect(m_back, &QPushButton::clicked, this, [this] {
        if (const auto* item = chosen(); item != nullptr) {
            Q_EMIT goBackRequested(item->data(StepRole).toLongLong());
        }
    });
}

void HistoryPanel::setMerged(const std::vector<project::MergedStep>& steps) {
    constexpr int mostLines = 12;
    std::unordered_map<std::int64_t, int> counts;
    m_merged.clear();
    for (const auto& merged : steps) {
        if (++counts[merged.step] <= mostLines) {
            m_merged[merged.step] +=
                tr("\n%1 \u00b7 %2 (%3)")
                    .arg(text(merged.what.description), whenText(merged.what), text(merged.source));
        }
    }
    for (const auto& [step, count] : counts) {
        if (count > mostLines) {
            m_merged[step] += tr("\nand %1 steps more").arg(count - mostLines);
        }
    }
}

void HistoryPanel::setHistory(const std::vector<project::HistoryStep>& steps) {
    m_list->clear();
    m_rows.clear();
    m_only.reset();
    m_glacier->setChecked(false);
    const auto first =
        steps.size() > shownSteps ? steps.size() - static_cast<std::size_t>(shownSteps) : std::size_t{0};
    for (std::size_t i = 0; i < steps.size(); ++i) {
        Row row{nullptr, steps[i].undoes, false};
        if (i >= first) {
            row.item = makeItem(steps[i]);
            m_list->insertItem(0, row.item);
        }
        m_rows[steps[i].id] = row;
        if (steps[i].undoes != 0) {
            setTakenBack(steps[i].undoes, true);
        }
    }
    filter();
    updateButtons();
}

void HistoryPanel::add(const project::HistoryStep& step) {
    auto* item = makeItem(step);
    m_list->insertItem(0, item);
    m_rows[step.id] = {item, step.undoes, false};
    if (step.undoes != 0) {
        setTakenBack(step.undoes, true);
    }
    if (m_list->count() > shownSteps) {
        auto* oldest = m_list->item(m_list->count() - 1);
        m_rows[oldest->data(StepRole).toLongLong()].item = nullptr;
        delete m_list->takeItem(m_list->count() - 1);
    }
    const bool isAsked = item->text().contains(m_search->text(), Qt::CaseInsensitive);
    item->setHidden(!isAsked || m_only.has_value());
    updateButtons();
}

QListWidgetItem* HistoryPanel::makeItem(const project::HistoryStep& step) const {
    auto* item = owned<QListWidgetItem>(text(step.description));
    item->setData(StepRole, static_cast<qlonglong>(step.id));
    item->setData(TakenBackRole, step.undoes != 0);
    item->setData(WhenRole, whenText(step));
    const auto merged = m_merged.find(step.id);
    item->setToolTip(item->text() + QLatin1Char('\n') + whenText(step) +
                     (merged == m_merged.end() ? QString() : merged->second));
    paintItem(*item);
    return item;
}

void HistoryPanel::setTakenBack(std::int64_t step, bool takenBack) {
    const auto found = m_rows.find(step);
    if (found == m_rows.end() || found->second.isTakenBack == takenBack) {
        return;
    }
    found->second.isTakenBack = takenBack;
    if (auto* item = found->second.item; item != nullptr) {
        item->setData(TakenBackRole, takenBack || found->second.undoes != 0);
        paintItem(*item);
    }
    if (found->second.undoes != 0) { // an undo that is taken back is a redo
        setTakenBack(found->second.undoes, !takenBack);
    }
}

void HistoryPanel::paintItem(QListWidgetItem& item) const {
    item.setForeground(
        palette().color(item.data(TakenBackRole).toBool() ? QPalette::PlaceholderText : QPalette::Text));
}

void HistoryPanel::setOnly(const std::optional<std::set<std::int64_t>>& steps) {
    m_only = steps;
    filter();
}

void HistoryPanel::setGlacierSelected(bool selected, bool isEditable) {
    m_glacier->setEnabled(selected || m_glacier->isChecked());
    m_revert->setEnabled(selected && isEditable);
}

void HistoryPanel::setWritable(bool writable) {
    m_isWritable = writable;
    updateButtons();
}

void HistoryPanel::filter() {
    const auto wanted = m_search->text();
    for (int row = 0; row < m_list->count(); ++row) {
        auto* item = m_list->item(row);
        const bool isAsked = wanted.isEmpty() || item->text().contains(wanted, Qt::CaseInsensitive);
        const bool isOf = !m_only || m_only->contains(item->data(StepRole).toLongLong());
        item->setHidden(!isAsked || !isOf);
    }
    updateButtons();
}

const QListWidgetItem* HistoryPanel::chosen() const {
    const auto selected = m_list->selectedItems();
    return selected.isEmpty() || selected.front()->isHidden() ? nullptr : selected.front();
}

bool HistoryPanel::hasEffectAfter(const QListWidgetItem& step) const {
    for (int row = 0; row < m_list->row(&step); ++row) {
        if (!m_list->item(row)->data(TakenBackRole).toBool()) {
            return true;
        }
    }
    return false;
}

void HistoryPanel::updateButtons() {
    const auto* item = chosen();
    m_back->setEnabled(m_isWritable && item != nullptr && !item->data(TakenBackRole).toBool() &&
                       hasEffectAfter(*item));
}

void HistoryPanel::showMenu(const QPoint& position) {
    auto* item = m_list->itemAt(position);
    if (item == nullptr) {
        return;
    }
    m_list->setCurrentItem(item);
    const auto step = item->data(StepRole).toLongLong();
    auto* menu = owned<QMenu>(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(QIcon::fromTheme(QStringLiteral("zoom-fit-selection")), tr("Fly there"), this,
                    [this, step] { Q_EMIT stepActivated(step); });
    menu->addAction(m_back->icon(), m_back->text(), this, [this, step] { Q_EMIT goBackRequested(step); })
        ->setEnabled(m_back->isEnabled());
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

void HistoryPanel::changeEvent(QEvent* event) {
    if (event->type() == QEvent::PaletteChange && m_list != nullptr) {
        for (int row = 0; row < m_list->count(); ++row) {
            paintItem(*m_list->item(row));
        }
    }
    QWidget::changeEvent(event);
}

} // namespace nunatak::ui::session
