/** Tones made on the spot, so that no file is needed and none can be missing. */

export interface Tone {
  readonly hz: number;
  /** Seconds after the sound begins. */
  readonly from: number;
  readonly lasts: number;
}

export interface Chime {
  /** False until the browser lets the page sound: it wants a touch first, unless started for a wall. */
  ready(): boolean;
  unlock(): Promise<void>;
  ring(tones?: readonly Tone[]): void;
  close(): void;
}

const CALL: readonly Tone[] = [
  { hz: 880, from: 0, lasts: 0.55 },
  { hz: 659.25, from: 0.38, lasts: 0.9 },
];
/** Chimes never overlap; what piles up beyond a few is only noise. */
const GAP_S = 1.6;
const MOST_AHEAD_S = 3 * GAP_S;

export function createChime(): Chime {
  const audio = new AudioContext();
  let nextAt = 0;

  const tone = (hz: number, at: number, lasts: number): void => {
    const oscillator = new OscillatorNode(audio, { frequency: hz, type: 'sine' });
    const gain = new GainNode(audio, { gain: 0 });
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(0.32, at + 0.015);
    gain.gain.exponentialRampToValueAtTime(0.001, at + lasts);
    oscillator.connect(gain).connect(audio.destination);
    oscillator.start(at);
    oscillator.stop(at + lasts);
    oscillator.onended = () => gain.disconnect();
  };

  return {
    ready: () => audio.state === 'running',
    unlock: () => audio.resume(),
    ring(tones = CALL) {
      if (audio.state !== 'running') return;
      const at = Math.max(audio.currentTime, nextAt);
      if (at - audio.currentTime > MOST_AHEAD_S) return;
      for (const { hz, from, lasts } of tones) tone(hz, at + from, lasts);
      nextAt = at + GAP_S;
    },
    close: () => void audio.close(),
  };
}
