/** Playhead's mark: a playhead over a line of events. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6.5" fill="#116b7d" />
      <path
        d="M4.5 15.5h15"
        stroke="#a5d6de"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeDasharray="0.1 3.7"
      />
      <path d="M8.2 5.2h7.6v3.1L12 11.6 8.2 8.3z" fill="#fff" />
      <path d="M12 11v8" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
    </svg>
  );
}
