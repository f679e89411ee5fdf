import { Check } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { ReactNode } from "react";
import styles from "./Menu.module.css";

export interface MenuItem {
  label: string;
  /** A line under the label in a quieter voice. */
  note?: string;
  icon?: ReactNode;
  checked?: boolean;
  wrong?: boolean;
  disabled?: boolean;
  choose: () => void;
}

interface MenuProps {
  /** The button that opens the menu. */
  trigger: ReactNode;
  groups: readonly (readonly MenuItem[])[];
  align?: "start" | "end";
  label?: string;
}

/** A menu of actions under a button; groups are parted by a line. */
export function Menu({ trigger, groups, align = "end", label }: MenuProps) {
  const filled = groups.filter((group) => group.length > 0);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={styles.menu} align={align} sideOffset={6} collisionPadding={12}>
          {label ? <DropdownMenu.Label className={styles.title}>{label}</DropdownMenu.Label> : null}
          {filled.map((group, index) => (
            <DropdownMenu.Group key={group[0]?.label ?? index}>
              {index > 0 ? <DropdownMenu.Separator className={styles.line} /> : null}
              {group.map((item) => (
                <Item key={item.label} item={item} />
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

function Item({ item }: { item: MenuItem }) {
  const inside = (
    <>
      <span className={styles.icon}>{item.checked ? <Check aria-hidden /> : item.icon}</span>
      <span>
        {item.label}
        {item.note ? <small className={styles.note}>{item.note}</small> : null}
      </span>
    </>
  );
  const shared = {
    className: `${styles.item} ${item.wrong ? styles.wrong : ""}`,
    onSelect: item.choose,
    disabled: item.disabled ?? false,
  };
  if (item.checked === undefined) return <DropdownMenu.Item {...shared}>{inside}</DropdownMenu.Item>;
  return (
    <DropdownMenu.CheckboxItem {...shared} checked={item.checked}>
      {inside}
    </DropdownMenu.CheckboxItem>
  );
}
